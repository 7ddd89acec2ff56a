import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT_STATUS } from '../../src/cli/exit-status.ts';
import { run } from './command-line.ts';
import { commandTree } from './command-tree.ts';
import { spawnCommand } from './spawned-command.ts';

/** The words of each command except `help`: `[]` for the program alone, `['action', 'run']`. */
function commandLines(command: Command, typed: readonly string[] = []): (readonly string[])[] {
  const commands = command.commands.filter((one) => one.name() !== 'help');
  return [typed, ...commands.flatMap((one) => commandLines(one, [...typed, one.name()]))];
}

describe('the command line', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-cli-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('prints help with examples and exit statuses', async () => {
    const { status, stdout } = await run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Examples:/);
    const statuses = [...(stdout.split('Exit status:')[1] ?? '').matchAll(/^ {2}(\d+) /gm)].map(([, status]) =>
      Number(status),
    );
    expect(statuses).toEqual(Object.values(EXIT_STATUS));
  });

  it.each(commandLines(commandTree()).map((words) => [words.join(' '), words] as const))(
    'prints help of %s in 80 columns, with examples, and each option once',
    async (_name, words) => {
      const { status, stdout } = await run([...words, '--help']);
      expect(status).toBe(0);
      for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
      expect(stdout).toMatch(/Examples:\n\s+\$ portcullis/);
      expect(stdout.match(/--version/g)).toHaveLength(1);
      expect((await run(['help', ...words])).stdout).toBe(stdout);
      expect(stdout).not.toMatch(/default: (\[\]|\{\})/);
    },
  );

  it('prints the version of the package', async () => {
    const { status, stdout } = await spawnCommand(['--version']).ended;
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends although a timer still runs: the SDK leaves one for a minute if a request fails', async () => {
    const nodeArguments = ['--import', 'data:text/javascript,setInterval(() => {}, 1e9)'];
    const { status, stdout } = await spawnCommand(['--version'], { nodeArguments }).ended;
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    ['an unknown command', ['destroy-everything'], /Unknown command 'destroy-everything'.*portcullis --help/s],
    ['a command that was nearly typed', ['plna'], /Unknown command 'plna'\. Did you mean plan\?/],
    ['help of an unknown command', ['help', 'action', 'rnu'], /Unknown command 'rnu'.*portcullis action --help/s],
    ['an option of another command', ['apex', 'doctor', '--out', 'x'], /--out.*portcullis apex doctor --help/s],
    ['an argument that is missing', ['action', 'run'], /'file'.*portcullis action run --help/s],
    ['an unknown option', ['dev', '--onec'], /--once/],
    [
      'a runtime that no tenant has',
      ['action', 'push', 'gate.js', '--runtime', 'node24'],
      /Allowed choices are node18, node22/,
    ],
    ['a port that is none', ['tenant', '--port', '70000'], /0 to 65535/],
    ['two options that exclude each other', ['tenant', '--memory', '--data', 'x'], /cannot be used with/],
  ])('refuses %s with exit status 2 and no stack trace', async (_what, args, expected) => {
    const { status, stderr } = await run(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(expected);
    expect(stderr).toContain('[usage]');
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('names every mistake of a broken policy, with exit status 2', async () => {
    const file = join(folder, 'broken.config.ts');
    writeFileSync(file, "export default { applications: [], claim: 'roles', landingPage: '/refused' };\n");
    const { status, stdout, stderr } = await run(['dev', '--once', '--config', file]);
    expect(status).toBe(2);
    for (const field of ['applications', 'claim', 'landingPage']) expect(stderr).toContain(field);
    expect(stderr).toContain('[policy_invalid]');
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(stdout).toBe('');
  });

  it('prints the error as JSON if JSON was requested', async () => {
    const { status, stdout } = await run(['dev', '--once', '--json', '--config', join(folder, 'missing.config.ts')]);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'file_missing' } });
  });

  it('prints a usage error as JSON if JSON was requested', async () => {
    const { status, stdout } = await run(['plan', '--json', '--xyzzy']);
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'usage',
        message: "Unknown option '--xyzzy'.",
        remedy: 'See what it takes: portcullis plan --help',
      },
    });
  });

  it.skipIf(!existsSync('/dev/full'))('reports output that cannot be written, with exit status 2', () => {
    const full = openSync('/dev/full', 'w');
    const bin = resolve('bin/portcullis.cjs');
    const ended = spawnSync(process.execPath, [bin, 'action', 'event'], { stdio: ['ignore', full, 'pipe'] });
    closeSync(full);
    expect(ended.status).toBe(2);
    expect(String(ended.stderr)).toContain('ENOSPC. [output_unwritable]');
  });

  it('reports in one line which Node it needs, with exit status 2, on an older one', async () => {
    const preload = join(folder, 'older.cjs');
    writeFileSync(preload, "Object.defineProperty(process.versions, 'node', { value: '20.20.2' });\n");
    const { status, stdout, stderr } = await spawnCommand(['dev'], {
      nodeArguments: ['--require', preload],
    }).ended;
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/needs Node\.js 24\.5 or newer and this is 20\.20\.2/);
  });
});
