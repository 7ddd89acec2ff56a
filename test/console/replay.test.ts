import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConsoleSite } from '../../src/cli/console/load-console-site.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { type OpenConsole, openConsoleOf } from './console-in-browser.ts';

const email = 'una@elsewhere.example';
const password = 'Correct-Horse-9';
const connection = 'Username-Password-Authentication';

describe('the replay of a login in the console', () => {
  let local: LocalTenant;
  let opened: OpenConsole;
  beforeAll(async () => {
    local = await startLocalTenant({ console: { site: loadConsoleSite } });
    opened = await openConsoleOf(local);
  });
  afterAll(() => opened.close());

  it('compares a login with what a draft would make of it', async () => {
    const { management, tenant } = local;
    const { page } = opened;
    const { user_id = '' } = await management.users.create({ connection, email, password, email_verified: true });
    const { client_id } = await management.clients.create({
      name: 'Shop',
      app_type: 'regular_web',
      token_endpoint_auth_method: 'none',
      grant_types: ['http://auth0.com/oauth/grant-type/password-realm'],
    });
    const code = (claim: string) => `exports.onExecutePostLogin = async (event, api) => {
      api.idToken.setCustomClaim('https://shop.example/level', ${claim});
    };`;
    const { id = '' } = await management.actions.create({
      name: 'Level',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: code("'silver'"),
    });
    const built = async () => (await management.actions.get(id)).status;
    await expect.poll(built).toBe('built');
    await management.actions.deploy(id);
    await management.actions.triggers.bindings.updateMany('post-login', {
      bindings: [{ ref: { type: 'action_id', value: id }, display_name: 'Level' }],
    });
    const answer = await fetch(`${tenant.loopbackUrl}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        client_id,
        grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
        realm: connection,
        username: email,
        password,
        scope: 'openid',
      }),
    });
    expect(answer.status).toBe(200);

    await opened.open('try');
    await page.getByRole('region', { name: 'Logins, latest first' }).getByRole('link', { name: email }).click();
    await page.getByRole('link', { name: 'Replay' }).press('Enter');
    await page.getByText('No Action of the flow has a draft').waitFor();
    await page.getByText('Nothing: the login would end as it did.').waitFor();
    await opened.checkAppearance('a replay that ends as the login did');

    await management.actions.update(id, { code: code("'gold'") });
    await expect.poll(built).toBe('built');
    await page.getByRole('button', { name: 'Replay' }).press('Enter');
    await page.getByText('As drafts: Level.').waitFor();
    const different = page.getByRole('region', { name: 'What differs' });
    const rows = async () => (await different.getByRole('row').allInnerTexts()).map((row) => row.split('\t'));
    expect(await rows()).toEqual([
      ['Of the login', 'Recorded', 'Replayed'],
      [
        'Action Level',
        'api.idToken.setCustomClaim("https://shop.example/level", "silver")',
        'api.idToken.setCustomClaim("https://shop.example/level", "gold")',
      ],
      ['https://shop.example/level of the ID token', '"silver"', '"gold"'],
    ]);
    await page.getByRole('region', { name: 'Replayed let in' }).getByText('"gold"').waitFor();
    await opened.checkAppearance('a replay that differs');

    await management.actions.update(id, {
      code: "exports.onExecutePostLogin = async (event, api) => api.access.deny('Not today');",
    });
    await expect.poll(built).toBe('built');
    await page.getByRole('button', { name: 'Replay' }).press('Enter');
    await page.getByRole('region', { name: 'Replayed refused: Not today' }).waitFor();
    await page.getByRole('button', { name: 'Deployed' }).press('Enter');
    await page.getByText('Nothing: the login would end as it did.').waitFor();

    await management.users.delete(user_id);
    await page.getByRole('button', { name: 'Replay' }).press('Enter');
    await page.getByText('The user of this login does not exist any more.').waitFor();
    // No replay is a login.
    await opened.open('try');
    await page.getByRole('region', { name: 'Logins, latest first' }).waitFor();
    expect(await page.getByRole('region', { name: 'Logins, latest first' }).getByRole('link').count()).toBe(1);
    await opened.open('logins/no-such-login/replay');
    await page.getByText('Login not found.').waitFor();
    expect(opened.browserErrors).toEqual([]);
  });

  it('is only for the administrator, and for no other page', async () => {
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${local.tenant.loopbackUrl}console/data/replay`, { method: 'POST', headers, body: '{}' })).status;
    expect(await ask({ origin: 'https://elsewhere.example' })).toBe(403);
    expect(await ask({ origin: new URL(local.tenant.loopbackUrl).origin })).toBe(401);
  });
});
