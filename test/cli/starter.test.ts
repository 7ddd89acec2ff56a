// A command ends with the process that started it. npm starts commands in a shell, which does not pass signals on.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { Printed } from './printed.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bin = join(root, 'bin', 'portcullis.cjs');
const tenant = ['tenant', '--json', '--port', '0'];
const dev = ['dev', '--json', '--no-console', '--port', '0', '--http-port', '0', '--app-port', '0'];

describe.skipIf(process.platform === 'win32')('a command', () => {
  let folder: string;
  const groups: number[] = [];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-starter-'));
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true });
    symlinkSync(root, join(folder, 'node_modules', 'portcullis'));
    symlinkSync('../portcullis/bin/portcullis.cjs', join(folder, 'node_modules', '.bin', 'portcullis'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    for (const group of groups.splice(0)) {
      try {
        process.kill(-group, 'SIGKILL');
      } catch {
        // All of its processes have ended.
      }
    }
  });

  /** Starts a process, in a process group of its own, whose output the command inherits. Waits for the command's first line. */
  async function startStarter(
    program: string,
    args: readonly string[],
  ): Promise<{ starter: ChildProcess; stdout: Printed }> {
    const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
    const { npm_execpath: _npm, ...environment } = process.env;
    const starter = spawn(program, args, {
      cwd: folder,
      env: { ...environment, PATH },
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (starter.pid !== undefined) groups.push(starter.pid);
    const stdout = new Printed();
    starter.stdout?.setEncoding('utf8').pipe(stdout);
    await stdout.line(/"loopbackUrl"/);
    return { starter, stdout };
  }

  /** A script that starts a tenant, and prints its process ID. */
  const starting = (options: object) => {
    const child = `require('node:child_process').spawn(process.execPath, ${JSON.stringify([bin, ...tenant])}, ${JSON.stringify(options)})`;
    return `console.log(JSON.stringify({ pid: ${child}.pid })); setInterval(() => {}, 1e6);`;
  };

  it.each([
    ['npx', tenant, 'SIGTERM'],
    ['npx', tenant, 'SIGKILL'],
    ['npx', dev, 'SIGTERM'],
    ['npx', dev, 'SIGKILL'],
  ] as const)('that %s started, %s, ends with it after %s', async (npx, args, signal) => {
    const { starter } = await startStarter(npx, ['portcullis', ...args]);
    starter.kill(signal);
    // The command holds the other end until it ends.
    await once(starter, 'close');
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('that a script started ends with it after %s', async (signal) => {
    const { starter } = await startStarter(process.execPath, ['-e', starting({ stdio: 'inherit' })]);
    starter.kill(signal);
    await once(starter, 'close');
  });

  it('that was started to stand alone goes on when one that was not has ended', async () => {
    const alone = starting({ stdio: ['ignore', 'inherit', 'ignore'], detached: true });
    const { starter, stdout } = await startStarter(process.execPath, [
      '-e',
      `${alone} ${starting({ stdio: 'inherit' })}`,
    ]);
    await until(() => [...stdout.text.matchAll(/^.*loopbackUrl.*$/gm)].length === 2);
    const lines = stdout.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    groups.push(lines.find(({ pid }) => pid !== undefined).pid);
    const [one, another] = lines
      .filter(({ loopbackUrl }) => loopbackUrl !== undefined)
      .map(
        ({ loopbackUrl }) =>
          () =>
            fetch(loopbackUrl).then(Boolean, () => false),
      );
    if (one === undefined || another === undefined) throw new Error('Two tenants print two lines.');
    starter.kill('SIGKILL');
    await until(async () => !(await one()) || !(await another()));
    expect([await one(), await another()]).toContain(true);
  });
});
