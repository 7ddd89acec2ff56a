import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, start } from './command-line.ts';

const SEED = `rules: [{ name: old }]
clients:
  - { name: Web, app_type: regular_web, callbacks: [http://localhost:3000/callback] }
  - { name: Worker, app_type: non_interactive, grant_types: [client_credentials] }
resourceServers: [{ name: API, identifier: https://api.example.com }]
clientGrants: [{ client_id: Worker, audience: https://api.example.com, scope: [] }]
users: [{ email: una@example.com, password: Open-1-gate }]
`;
/** Gets a token as any program does: with the variables alone. */
const TOKEN = `curl -sS -X POST "$AUTH0_ISSUER_BASE_URL/oauth/token" -d grant_type=client_credentials -d "audience=$AUTH0_AUDIENCE" \
-d "client_id=$AUTH0_CLIENT_ID" -d "client_secret=$AUTH0_CLIENT_SECRET"`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exec-'));
  mkdirSync(join(folder, 'auth0'));
  writeFileSync(join(folder, 'auth0', 'tenant.yaml'), SEED);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('portcullis exec', () => {
  const exec = (...args: string[]) => run(['exec', ...args], { cwd: folder });

  it('runs a command with the tenant that its variables name, and says what the seed has in vain', async () => {
    const { status, stdout, stderr } = await exec(
      '--seed',
      'auth0',
      '--application',
      'Worker',
      '--',
      'sh',
      '-c',
      TOKEN,
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String) });
    expect(stderr).toBe('  not taken: rules. Auth0 has replaced Rules by Actions.\n');
  });

  it('prints a problem of its own as JSON, and leaves the output of the command alone', async () => {
    const works = await exec('--json', '--', 'sh', '-c', 'echo "$AUTH0_AUDIENCE."');
    expect(works).toMatchObject({ status: 0, stdout: '.\n' });
    const fails = await exec('--json', '--seed', 'nowhere', '--', 'true');
    expect(fails.status).toBe(2);
    expect(JSON.parse(fails.stdout || fails.stderr)).toMatchObject({ error: { code: expect.any(String) } });
  });

  it('ends with the exit status of the command, and with the options of its own untouched', async () => {
    expect((await exec('--', 'sh', '-c', 'exit 7')).status).toBe(7);
    expect((await exec('sh', '-c', 'printf %s "$0" >&2; exit 1', '--seed')).stderr).toBe('--seed');
    expect((await exec('--', 'sh', '-c', 'kill -9 $$')).status).toBe(137);
  });

  it('passes a signal on, and stops the tenant after the command', async () => {
    const running = start(
      ['exec', '--', 'sh', '-c', 'trap "exit 3" TERM; echo "$AUTH0_DOMAIN"; while :; do sleep 0.1; done'],
      {
        cwd: folder,
      },
    );
    const domain = await running.line(/localhost/);
    await running.signal('SIGTERM');
    expect((await running.ended).status).toBe(3);
    await expect(fetch(`https://${domain.trim()}/`)).rejects.toThrow();
  });

  it('says what it could not start', async () => {
    const missing = await exec('--', 'no-such-program');
    expect(missing).toMatchObject({ status: 2, stderr: expect.stringContaining('[command_not_started]') });
    expect((await exec()).stderr).toContain('[usage]');
    expect((await exec('--seed', 'nowhere', '--', 'true')).stderr).toContain('[seed_unreadable]');
    const policy = join(folder, 'broken.mjs');
    writeFileSync(policy, 'export default { applications: [] };');
    expect((await exec('--policy', policy, '--', 'true')).stderr).toContain('[policy_invalid]');
  });
});

describe('portcullis tenant', () => {
  it('starts with a seed, writes its snapshot, and starts from it again without the seed', async () => {
    const first = start(['tenant', '--json', '--port', '0', '--seed', 'auth0', '--snapshot', 'tenant.sqlite'], {
      cwd: folder,
    });
    const ready = JSON.parse(await first.line(/^\{/));
    await first.stop();
    expect(readdirSync(folder)).toContain('tenant.sqlite');
    const before = readFileSync(join(folder, 'tenant.sqlite'));
    const second = start(['tenant', '--json', '--port', '0', '--snapshot', 'tenant.sqlite'], { cwd: folder });
    const again = JSON.parse(await second.line(/^\{/));
    expect(again.management.clientId).toBe(ready.management.clientId);
    const token = async (audience: string) => {
      const { clientId, clientSecret } = again.management;
      const body = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret, audience };
      const answer = await fetch(`${again.loopbackUrl}oauth/token`, {
        method: 'POST',
        body: new URLSearchParams(body),
      });
      return ((await answer.json()) as { access_token: string }).access_token;
    };
    const headers = { authorization: `Bearer ${await token(again.management.audience)}` };
    const clients = await (await fetch(`${again.loopbackUrl}api/v2/clients?is_global=false`, { headers })).json();
    expect((clients as { name: string }[]).map(({ name }) => name).sort()).toEqual([
      'Portcullis Tenant Management',
      'Web',
      'Worker',
    ]);
    await second.stop();
    expect(readFileSync(join(folder, 'tenant.sqlite')).equals(before)).toBe(true);
  });

  it('refuses a seed with a mistake and a file that is no snapshot, and leaves nothing', async () => {
    const broken = await run(['tenant', '--port', '0', '--seed', 'nowhere'], { cwd: folder });
    expect(broken).toMatchObject({ status: 2, stderr: expect.stringContaining('[seed_unreadable]') });
    writeFileSync(join(folder, 'refused.yaml'), 'clients: [{ name: Web, callback: [] }]');
    const refused = await run(['tenant', '--port', '0', '--seed', 'refused.yaml'], { cwd: folder });
    expect(refused.stderr).toMatch(/clients "Web".*callback[\s\S]*\[seed_refused\]/);
    const foreign = await run(['tenant', '--port', '0', '--snapshot', 'auth0/tenant.yaml'], { cwd: folder });
    expect(foreign).toMatchObject({ status: 2, stderr: expect.stringContaining('[not_a_database]') });
    const folderInstead = await run(['tenant', '--port', '0', '--snapshot', 'auth0'], { cwd: folder });
    expect(folderInstead.stderr).toContain('[snapshot_unusable]');
  });
});

it('portcullis dev --seed puts a seed on its tenant, and says what it has in vain', async () => {
  const running = start(
    ['dev', '--json', '--port', '0', '--http-port', '0', '--app-port', '0', '--no-console', '--seed', 'auth0'],
    {
      cwd: folder,
    },
  );
  try {
    await running.complaint(/not taken: rules/);
  } finally {
    await running.stop();
  }
});
