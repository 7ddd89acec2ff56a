// A first apply, and one with nothing to do, compared with Auth0's deploy CLI importing the same state: requests and time.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { installTool } from '../test/tools/install-tool.ts';
import { type Child, startChild } from './child.ts';
import { report } from './report.ts';
import { median } from './statistics.ts';

const run = promisify(execFile);
const ROUNDS = 3;
const root = join(import.meta.dirname, '..');
const COUNTER = join(import.meta.dirname, 'count-requests.mjs');
const POLICY = `{ applications: ['APEX'], claim: 'https://apex.example.com/roles', landingPage: 'https://apex.example.com/refused',
  defaultRole: 'APEX User', organizations: [{ role: 'ORG:WATER', domains: ['water.example'] }] }`;

interface Ready {
  readonly domain: string;
  readonly caFile: string;
  readonly management: { readonly clientId: string; readonly clientSecret: string };
}

interface Figures {
  readonly requests: number[];
  readonly milliseconds: number[];
}

type Tool = (tenant: Ready, folder: string) => Promise<{ requests: number; milliseconds: number }>;

/** Measures both tools in turns, each on its own tenant. */
export async function measureDeployTools(): Promise<void> {
  const installed = await installTool('auth0-deploy-cli', '8.44.0');
  const a0deploy = join(installed, 'node_modules', 'auth0-deploy-cli', 'lib', 'index.js');
  const bin = join(root, 'bin', 'portcullis.cjs');
  const tools: Record<string, Tool> = {
    'portcullis apply': (tenant, folder) => measure(tenant, folder, [bin, 'apply', '--yes', '--no-impact']),
    'a0deploy import': (tenant, folder) => measure(tenant, folder, [a0deploy, 'import', '--input_file', 'export']),
  };
  const figures = new Map<string, Figures>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, tool] of Object.entries(tools)) {
      await onTenant(async (ready, folder) => {
        await prepare(ready, folder, bin);
        for (const which of ['first', 'nothing to do']) {
          const found = await tool(ready, folder);
          const key = `${name}, ${which}`;
          const known = figures.get(key) ?? { requests: [], milliseconds: [] };
          known.requests.push(found.requests);
          known.milliseconds.push(found.milliseconds);
          figures.set(key, known);
        }
      });
    }
  }
  const lines = [...figures].map(([name, { requests, milliseconds }]) => [
    name,
    `${median(requests)} requests`,
    `${median(milliseconds).toFixed(0)} ms`,
  ]);
  for (const which of ['first', 'nothing to do']) {
    const [ours, theirs] = [figures.get(`portcullis apply, ${which}`), figures.get(`a0deploy import, ${which}`)];
    const ratio = (of: keyof Figures) => (median(ours?.[of] ?? []) / median(theirs?.[of] ?? [])).toFixed(2);
    lines.push([`ratio, ${which}`, `requests ${ratio('requests')}`, `time ${ratio('milliseconds')}`]);
  }
  report('Putting a policy on a tenant: apply against the deploy CLI importing the same', lines);
}

async function onTenant(work: (ready: Ready, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-deploy-'));
  const child: Child<Ready> = await startChild('bin/portcullis.cjs', ['tenant', '--json', '--port', '0']);
  try {
    await work(child.ready, folder);
  } finally {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prepares the application to guard, the configuration, and the same state as files, exported from a tenant after an apply. */
async function prepare(ready: Ready, folder: string, bin: string): Promise<void> {
  writeFileSync(join(folder, 'portcullis.config.ts'), `export default ${POLICY};\n`);
  await makeApplication(ready);
  await copyExport(ready, folder, bin);
}

let exported: Map<string, string> | undefined;
async function copyExport({ domain }: Ready, folder: string, bin: string): Promise<void> {
  if (exported === undefined) {
    const exports = new Map<string, string>();
    await onTenant(async (ready, other) => {
      writeFileSync(join(other, 'portcullis.config.ts'), `export default ${POLICY};\n`);
      await makeApplication(ready);
      await measure(ready, other, [bin, 'apply', '--yes', '--no-impact']);
      const options = { cwd: other, env: tenantEnvironment(ready, other) };
      const { stdout } = await run(
        process.execPath,
        [bin, 'export', '--to', 'deploy-cli', '--out', 'export', '--json'],
        options,
      );
      for (const path of JSON.parse(stdout).files) exports.set(path, readFileSync(join(other, path), 'utf8'));
    });
    exported = exports;
  }
  for (const [path, content] of exported) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const own = content.replace('##PORTCULLIS_CLIENT_SECRET##', 'a-secret-of-the-bench');
    writeFileSync(join(folder, path), own.replace(/https:\/\/localhost:\d+\/api\/v2\//, `https://${domain}/api/v2/`));
  }
}

async function makeApplication({ domain, caFile, management }: Ready): Promise<void> {
  const script = `
    const { ManagementClient } = require('auth0');
    new ManagementClient({ domain: '${domain}', clientId: '${management.clientId}', clientSecret: '${management.clientSecret}', telemetry: false })
      .clients.create({ name: 'APEX', app_type: 'regular_web' });`;
  await run(process.execPath, ['-e', script], { cwd: root, env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile } });
}

function tenantEnvironment({ domain, caFile, management }: Ready, folder: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    NODE_EXTRA_CA_CERTS: caFile,
    AUTH0_DOMAIN: domain,
    AUTH0_CLIENT_ID: management.clientId,
    AUTH0_CLIENT_SECRET: management.clientSecret,
    NODE_OPTIONS: `--import ${COUNTER}`,
    COUNT_REQUESTS_IN: join(folder, 'requests.txt'),
  };
}

async function measure(ready: Ready, folder: string, args: readonly string[]) {
  const begun = performance.now();
  await run(process.execPath, [...args], { cwd: folder, env: tenantEnvironment(ready, folder), maxBuffer: 16_000_000 });
  const milliseconds = performance.now() - begun;
  return { milliseconds, requests: Number(readFileSync(join(folder, 'requests.txt'), 'utf8')) };
}
