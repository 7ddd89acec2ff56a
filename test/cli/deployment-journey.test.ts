import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpBrowser } from '../../src/testing/http-browser.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { makeRelyingParty, type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';
import { run, start } from './command-line.ts';
import { writeEnvironmentFile } from './environment-file.ts';

const PASSWORD = 'A-long-passw0rd!';
const ANN = { username: 'ann@water.example', password: PASSWORD };
const UNA = { username: 'una@elsewhere.example', password: PASSWORD };
const KIM = { username: 'kim@elsewhere.example', password: PASSWORD };

/** The whole life of a gate, as a user would go through it: every step is another command. */
describe('the way of a policy to a tenant and back', () => {
  let local: LocalTenant;
  let folder: string;
  let pages: Server;
  let party: RelyingParty;
  let origin: string;

  beforeAll(async () => {
    local = await startLocalTenant();
    folder = mkdtempSync(join(tmpdir(), 'portcullis-journey-'));
    pages = createServer((_, response) => response.end('public')).listen(0, '127.0.0.1');
    await new Promise((resolve) => pages.once('listening', resolve));
    origin = `http://localhost:${(pages.address() as AddressInfo).port}`;
    party = await makeRelyingParty(local, { redirectUri: `${origin}/ords/apex_authentication.callback` }, ANN);
    for (const { username: email, password } of [UNA, KIM]) {
      const connection = 'Username-Password-Authentication';
      await local.management.users.create({ connection, email, password, email_verified: true });
    }
    writeEnvironmentFile(folder, local.tenant);
  });
  afterAll(async () => {
    pages.close();
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const portcullis = (...args: string[]) => run(args, { cwd: folder });
  const json = async (...args: string[]) => {
    const { stdout, complaints } = await portcullis(...args, '--json');
    expect(complaints).toBe('');
    return JSON.parse(stdout);
  };
  const writes = async () =>
    (await local.management.logs.list({ per_page: 100 })).data.filter(({ type }) => type === 'sapi').length;
  const edit = (from: string, to: string) => {
    const file = join(folder, 'portcullis.config.ts');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(from);
    writeFileSync(file, text.replace(from, to));
  };
  const rolesOf = async (email: string) => {
    const [user] = await local.management.users.listUsersByEmail({ email });
    return (await local.management.users.roles.list(user?.user_id ?? '')).data.map(({ name }) => name);
  };
  const outcome = async (person: typeof ANN) => {
    try {
      return (await signIn(party, person)).claims()?.['https://localhost/roles'];
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  };

  it('init writes a configuration, and never overwrites one', async () => {
    const flags = ['--application', 'APEX', '--apex-url', `${origin}/ords/`, '--workspace', 'team'];
    const written = await portcullis('init', ...flags, '--apex-application', 'app', '--yes');
    expect(written).toMatchObject({ status: 0, complaints: '' });
    const before = readFileSync(join(folder, 'portcullis.config.ts'), 'utf8');
    const again = await portcullis('init', ...flags, '--apex-application', 'other', '--yes');
    expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('[configuration_exists]') });
    expect(readFileSync(join(folder, 'portcullis.config.ts'), 'utf8')).toBe(before);
  });

  let firstPlan: unknown;
  it('plan says what would change (3), apply does it, and then there is nothing to do or write (0)', async () => {
    firstPlan = (await json('plan', '--no-impact')).changes;
    expect((await portcullis('plan')).status).toBe(3);
    expect(await portcullis('apply', '--yes')).toMatchObject({ status: 0, complaints: '' });
    const before = await writes();
    expect(await portcullis('plan')).toMatchObject({ status: 0, complaints: '' });
    expect(await writes()).toBe(before);
  });

  it('verify passes every check', async () => {
    const { checks } = await json('verify');
    expect(checks.filter(({ status }: { status: string }) => status !== 'pass')).toEqual([]);
    expect(checks.length).toBeGreaterThan(25);
    expect((await portcullis('verify')).status).toBe(0);
  });

  it('lets users in with their roles', async () => {
    expect(await outcome(UNA)).toEqual(['APEX User']);
    expect(await rolesOf(UNA.username)).toEqual(['APEX User']);
  });

  it('after an edit, plan shows the affected users', async () => {
    edit("defaultRole: 'APEX User',", '');
    edit(
      "      // { role: 'ORG:WATER', domains: ['water.example'] },",
      "      { role: 'ORG:WATER', domains: ['water.example'] },",
    );
    const planned = await portcullis('plan', '--csv', 'people.csv');
    expect(planned.status).toBe(3);
    expect(planned.stdout).toContain('1  newly given "ORG:WATER"');
    // Not at a terminal: the output may be stored, so it names no user unless asked to.
    expect(planned.stdout).toContain('***@water.example');
    expect(planned.stdout).not.toContain('ann@water.example');
    expect((await portcullis('plan', '--people')).stdout).toContain('ann@water.example');
    const people = readFileSync(join(folder, 'people.csv'), 'utf8');
    expect(people).toContain('ann@water.example');
    expect(people).toContain('kim@elsewhere.example');
    expect(await portcullis('apply', '--yes')).toMatchObject({ status: 0, complaints: '' });
    expect(await outcome(KIM)).toContain('/refused');
    expect(await outcome(ANN)).toEqual(['ORG:WATER']);
  });

  it('rollback deploys the previous version again', async () => {
    expect(await portcullis('rollback', '--yes')).toMatchObject({ status: 0, complaints: '' });
    expect((await json('rollback', '--list')).versions).toHaveLength(3);
    // The configuration differs now, which verify reports.
    const failed = (await json('verify')).checks.filter(({ status }: { status: string }) => status === 'fail');
    expect(failed.map(({ id }: { id: string }) => id)).toEqual(['action_current']);
    edit('    organizationPrefix', "    defaultRole: 'APEX User',\n    organizationPrefix");
    edit("      { role: 'ORG:WATER', domains: ['water.example'] },", '');
    expect((await portcullis('plan')).status).toBe(0);
    expect((await portcullis('verify')).status).toBe(0);
  });

  it('backfill gives users who have not signed in since their role, once', async () => {
    expect(await json('backfill', '--dry-run')).toMatchObject({ missing: { 'APEX User': 1 } });
    expect(await json('backfill', '--yes')).toMatchObject({ assigned: 1, refused: 0 });
    expect(await rolesOf(KIM.username)).toEqual(['APEX User']);
    const [report = ''] = readdirSync(folder).filter((name) => name.startsWith('portcullis-backfill-'));
    expect(readFileSync(join(folder, report), 'utf8')).toContain('APEX User');
    expect(await json('backfill', '--yes')).toMatchObject({ assigned: 0 });
  });

  it('logs show who was let in and refused, why, and with which role', async () => {
    const { stdout, complaints, status } = await portcullis('logs', '--json');
    expect({ complaints, status }).toEqual({ complaints: '', status: 0 });
    const decisions = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(decisions).toMatchObject([
      { userName: UNA.username, outcome: 'admit', reason: 'default_role', assigned: ['APEX User'], source: 'console' },
      { userName: KIM.username, outcome: 'refuse' },
      { userName: ANN.username, outcome: 'admit', reason: 'organization_domain', assigned: ['ORG:WATER'] },
    ]);
    expect(decisions[0].ms).toBeGreaterThanOrEqual(0);
    const stats = await json('logs', '--stats', '--since', '1h');
    expect(stats).toMatchObject({ admitted: 2, refused: 1, errors: 0, given: { 'APEX User': 1, 'ORG:WATER': 1 } });
    expect((await portcullis('logs', '--only', 'refused')).stdout).not.toContain(UNA.username);
    const letIn = (await portcullis('logs', '--only', 'let-in')).stdout;
    expect(letIn).toContain(UNA.username);
    expect(letIn).not.toContain(KIM.username);
    // The former word.
    expect((await portcullis('logs', '--only', 'admitted')).stdout).toContain(UNA.username);
    expect((await portcullis('logs', '--only', 'all')).complaints).toContain('let-in, refused, errors');
  });

  it('verify --sign-in signs in a user for real, and removes its callback again', async () => {
    const running = start(['verify', '--sign-in', 'APEX'], { cwd: folder });
    const line = await running.line(/Sign in here: /);
    const url = new URL(line.slice(line.indexOf('https://')));
    const browser = createHttpBrowser();
    const page = await browser.open(url);
    const fields = { ...UNA, state: page.url.searchParams.get('state') ?? '', action: 'default' };
    expect((await browser.submit(page.url, fields)).url.pathname).toBe('/portcullis-sign-in');
    const { status, stdout, complaints } = await running.ended;
    expect({ status, complaints }).toEqual({ status: 0, complaints: '' });
    expect(stdout).toContain('let in   default_role_holder');
    expect(stdout).toContain('https://localhost/roles: ["APEX User"]');
    const { callbacks } = await local.management.clients.get(party.clientId);
    expect(callbacks).toEqual([party.redirectUri]);
  });

  it('destroy removes what is ours, and the next plan is the same as the first', async () => {
    const destroyed = await portcullis('destroy', '--yes');
    expect(destroyed).toMatchObject({ status: 0, complaints: '' });
    expect(destroyed.stdout).toContain('role "APEX User"; the users who have it lose it');
    expect((await json('plan', '--no-impact')).changes).toEqual(firstPlan);
    expect((await portcullis('destroy', '--yes')).status).toBe(0);
  });

  it('the commands wrote no secret into a file', () => {
    for (const name of readdirSync(folder).filter((one) => one !== '.env' && !one.startsWith('.'))) {
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain(local.tenant.management.clientSecret);
    }
  });
});
