import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Running, run, start } from './command-line.ts';

const SEED = `clients: [{ name: Web, callbacks: [http://localhost:3000/callback] }]
roles: [{ name: Reader, description: Reads }]
actions: [{ name: Old, code: ./old.js, supported_triggers: [{ id: post-login, version: v3 }], secrets: [{ name: KEY, value: secret }] }]
users: [{ email: una@example.com, password: Open-1-gate, roles: [Reader] }]
`;

interface Ready {
  readonly domain: string;
  readonly caFile: string;
  readonly management: { readonly clientId: string; readonly clientSecret: string };
}

describe('portcullis tenant export', () => {
  let folder: string;
  let data: string;
  let running: Running;
  let ready: Ready;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tenant-export-'));
    data = join(folder, 'data');
    writeFileSync(join(folder, 'seed.yaml'), SEED);
    writeFileSync(join(folder, 'old.js'), 'exports.onExecutePostLogin = async () => {};\n');
    running = start(['tenant', '--json', '--console', '--port', '0', '--data', data, '--seed', 'seed.yaml'], {
      cwd: folder,
    });
    ready = JSON.parse(await running.line(/^\{/));
  });
  afterAll(async () => {
    await running?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const exportTo = (out: string, ...args: string[]) =>
    run(['tenant', 'export', '--out', out, ...args], {
      cwd: folder,
      environment: {
        AUTH0_DOMAIN: ready.domain,
        AUTH0_CLIENT_ID: ready.management.clientId,
        AUTH0_CLIENT_SECRET: ready.management.clientSecret,
      },
    });
  const read = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');

  it('writes what a data folder has, while a tenant runs on it, and leaves the folder as it is', async () => {
    const before = readdirSync(data).sort();
    const temporary = copies();
    const { status, stdout } = await exportTo('auth0', '--data', 'data');
    expect(status).toBe(0);
    expect(stdout).toContain('+ auth0/tenant.yaml');
    expect(stdout).toContain(
      `AUTH0_KEYWORD_REPLACE_MAPPINGS='{"ACTIONS_OLD_KEY":"…"}' \\\n    portcullis tenant --seed auth0`,
    );
    expect(parse(read('auth0', 'tenant.yaml'))).toMatchObject({
      clients: [{ name: 'Web' }],
      databases: [{ name: 'Username-Password-Authentication', enabled_clients: ['Web'] }],
      roles: [{ name: 'Reader', description: 'Reads' }],
      actions: [{ code: './actions/Old/code.js', secrets: [{ name: 'KEY', value: '##ACTIONS_OLD_KEY##' }] }],
    });
    expect(readdirSync(join(folder, 'auth0'))).toEqual(['actions', 'tenant.yaml']);
    expect(readdirSync(data).sort()).toEqual(before);
    expect(copies()).toEqual(temporary);
  });

  it('writes the same of the tenant that the environment names, and users on request', async () => {
    await exportTo('of-data', '--data', 'data');
    const { status, stdout } = await exportTo('of-tenant', '--users', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      files: ['actions/Old/code.js', 'tenant.yaml', 'users.json'].map((path) => join('of-tenant', path)),
      users: 1,
      keywords: ['ACTIONS_OLD_KEY'],
      omissions: [],
      others: [],
    });
    expect(read('of-tenant', 'tenant.yaml')).toBe(read('of-data', 'tenant.yaml'));
    expect(JSON.parse(read('of-tenant', 'users.json'))).toMatchObject({
      users: [{ email: 'una@example.com', email_verified: true, roles: ['Reader'] }],
    });
    const seeded = await run(['exec', '--seed', 'of-tenant', '--', 'sh', '-c', 'echo "$AUTH0_CLIENT_ID"'], {
      cwd: folder,
      environment: { AUTH0_KEYWORD_REPLACE_MAPPINGS: '{"ACTIONS_OLD_KEY":"x"}' },
    });
    expect(seeded).toMatchObject({ status: 0, stderr: '' });
  });

  it('writes a folder of files, replaces them on request, and names those that it did not write', async () => {
    const first = await exportTo('files', '--data', 'data', '--format', 'directory');
    expect(first.stdout).toMatch(/\+ files\/clients\/Web\.json[\s\S]*… and \d+ more files/);
    mkdirSync(join(folder, 'files', 'roles'), { recursive: true });
    writeFileSync(join(folder, 'files', 'roles', 'Former.json'), '{"name":"Former"}');
    const refused = await exportTo('files', '--data', 'data', '--format', 'directory');
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('[file_exists]') });
    const again = await exportTo('files', '--data', 'data', '--format', 'directory', '--overwrite');
    expect(again.status).toBe(0);
    expect(again.stdout).toMatch(/! files\/roles\/Former\.json was there before/);
  });

  it.each([
    ['a folder without a tenant', ['--data', '.'], 'data_folder_foreign'],
    ['a file that is no database', ['--data', 'foreign'], 'not_a_database'],
    ['a folder that cannot be written', ['--data', 'data', '--out', 'seed.yaml/below'], 'folder_unwritable'],
    ['a folder that has an export', ['--data', 'data', '--out', 'taken'], 'file_exists'],
  ])('refuses %s, and leaves nothing', async (_, args, code) => {
    mkdirSync(join(folder, 'foreign'), { recursive: true });
    writeFileSync(join(folder, 'foreign', 'tenant.sqlite'), 'long enough to look like the header of a database file');
    mkdirSync(join(folder, 'taken'), { recursive: true });
    writeFileSync(join(folder, 'taken', 'tenant.yaml'), '');
    const temporary = copies();
    const { status, stderr } = await exportTo('never', ...args);
    expect(status).toBe(2);
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(copies()).toEqual(temporary);
    expect(readdirSync(folder)).not.toContain('never');
  });

  it('refuses tenants of other machines', async () => {
    const environment = { AUTH0_DOMAIN: 'example.eu.auth0.com', AUTH0_ACCESS_TOKEN: 'x' };
    const { status, stderr } = await run(['tenant', 'export', '--out', 'elsewhere'], { cwd: folder, environment });
    expect(status).toBe(2);
    expect(stderr).toContain('[not_local]');
    expect(stderr).toContain('deploy CLI');
  });
});

/** Temporary folders of this process. */
function copies(): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(`portcullis-${process.pid}-`))
    .sort();
}
