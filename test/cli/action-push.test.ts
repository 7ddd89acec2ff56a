import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bindAction, type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { makeRelyingParty, type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';
import { type Running, run, start } from './command-line.ts';
import { writeEnvironmentFile } from './environment-file.ts';

const CONNECTION = 'Username-Password-Authentication';
const ADA = { username: 'ada@example.com', password: 'Correct-Horse-1' };

describe('portcullis action push', () => {
  let local: LocalTenant;
  let party: RelyingParty;
  let folder: string;
  let running: Running | undefined;
  beforeAll(async () => {
    local = await startLocalTenant();
    party = await makeRelyingParty(local, { redirectUri: 'https://app.test/callback' }, ADA);
    folder = mkdtempSync(join(tmpdir(), 'portcullis-push-'));
    writeEnvironmentFile(folder, local.tenant);
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });
  afterAll(async () => {
    await local.tenant.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (content: string, name = 'stamp.js') => {
    writeFileSync(join(folder, name), content);
    return name;
  };
  const stamp = (word: string) =>
    file(`exports.onExecutePostLogin = async (event, api) => {
      api.idToken.setCustomClaim('https://app.test/stamp', '${word}' + (event.secrets.KEY ?? ''));
    };`);
  const claim = async () => {
    const { id_token } = await signIn(party, ADA);
    return decodeJwt(id_token ?? '')['https://app.test/stamp'];
  };

  it('deploys a file and binds it after what is already bound, so that the next login runs it', async () => {
    await bindAction(local.management, 'Before', 'exports.onExecutePostLogin = async () => {};');
    const first = await run(['action', 'push', stamp('one'), '--secret', 'KEY=-secret'], { cwd: folder });
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(first.stdout).toMatch(/deployed {2}"stamp" new, version 1, bound to the login/);
    expect(await claim()).toBe('one-secret');

    const second = await run(['action', 'push', stamp('two'), '--json'], { cwd: folder });
    expect(JSON.parse(second.stdout)).toMatchObject({ name: 'stamp', change: 'updated', version: 2, bound: false });
    // The existing secrets stay as they are.
    expect(await claim()).toBe('two-secret');
    const bound = await local.management.actions.triggers.bindings.list('post-login');
    expect(bound.data.map(({ display_name }) => display_name)).toEqual(['Before', 'stamp']);
  });

  it('binds an Action to the trigger that it is for', async () => {
    const body = `if (event.user.email.endsWith('@spam.test')) api.access.deny('listed', 'Not with this address.');`;
    const path = file(`exports.onExecutePreUserRegistration = async (event, api) => { ${body} };`, 'signup.js');
    const push = ['action', 'push', path, '--trigger', 'pre-user-registration'];
    const { status, stdout } = await run(push, { cwd: folder });
    expect(status).toBe(0);
    expect(stdout).toMatch(/"signup" new, version 1, bound to pre-user-registration/);
    const signUp = (email: string) =>
      fetch(new URL('dbconnections/signup', local.tenant.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id: party.clientId, connection: CONNECTION, email, password: ADA.password }),
      });
    expect(await (await signUp('ben@spam.test')).json()).toMatchObject({ description: 'Not with this address.' });
    expect((await signUp('ben@app.test')).status).toBe(200);

    const other = await run(['action', 'push', path], { cwd: folder });
    expect(other.status).toBe(2);
    expect(other.stderr).toContain('[other_trigger]');
    expect(other.stderr).toContain('--trigger pre-user-registration');
  });

  it('deploys each edit, even after a mistake, until Ctrl-C', async () => {
    running = start(['action', 'push', stamp('three'), '--watch', '--json'], { cwd: folder });
    const versions = async (count: number) => {
      await expect
        .poll(
          async () => (await local.management.actions.list({ actionName: 'stamp' })).data[0]?.deployed_version?.number,
        )
        .toBe(count);
    };
    await versions(3);
    file('exports.onExecutePostLogin = async (event, api) => {');
    await running.line(/"action_syntax"/);
    expect(await claim()).toContain('three');
    stamp('four');
    await versions(4);
    expect(await claim()).toContain('four');
    await running.signal('SIGINT');
    expect((await running.ended).status).toBe(130);
  });

  it('does not bind with --no-bind, and accepts another name', async () => {
    const { status } = await run(['action', 'push', stamp('five'), '--name', 'Spare', '--no-bind'], { cwd: folder });
    expect(status).toBe(0);
    expect(await claim()).toContain('four');
    const [spare] = (await local.management.actions.list({ actionName: 'Spare' })).data;
    expect(spare).toMatchObject({ name: 'Spare', deployed_version: { number: 1 } });
  });

  it.each([
    ['a tenant elsewhere', { AUTH0_DOMAIN: 'example.eu.auth0.com' }, '[not_local]'],
    ['a wrong secret', { AUTH0_CLIENT_SECRET: 'wrong-wrong-wrong' }, '[tenant_refused]'],
    ['a tenant that is not there', { AUTH0_DOMAIN: 'localhost:9' }, '[tenant_unreachable]'],
    ['an environment without a tenant', { AUTH0_DOMAIN: ' ', AUTH0_CLIENT_ID: 'two words' }, '[environment_invalid]'],
  ])('refuses %s with exit status 2 and prints no secret', async (_, variables, said) => {
    const { status, stderr, stdout } = await run(['action', 'push', stamp('never')], {
      cwd: folder,
      environment: variables,
    });
    expect(status).toBe(2);
    expect(stderr).toContain(said);
    expect(stderr + stdout).not.toContain(local.tenant.management.clientSecret);
    expect(stderr + stdout).not.toContain('wrong-wrong-wrong');
  });

  it('does not take over an Action of another trigger', async () => {
    await local.management.actions.create({
      name: 'mailer',
      code: 'exports.onExecuteCredentialsExchange = async () => {};',
      supported_triggers: [{ id: 'credentials-exchange', version: 'v2' }],
    });
    const { status, stderr } = await run(['action', 'push', file('', 'mailer.js')], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain('[other_trigger]');
  });
});
