import { beforeEach, describe, expect, it } from 'vitest';
import { bindAction } from '../local-tenant.ts';
import { consoleForEachTest } from './console-for-each-test.ts';

const hostile = '<img src=x onerror="document.title=\'taken\'">';
const email = 'una@elsewhere.example';
const password = 'Correct-Horse-9';

describe('Logs, settings and outbox in the console', () => {
  const console = consoleForEachTest();
  let clientId: string;
  beforeEach(async () => {
    const { client_id = '' } = await console.management.clients.create({
      name: 'Orders',
      app_type: 'regular_web',
      token_endpoint_auth_method: 'none',
      grant_types: ['password', 'http://auth0.com/oauth/grant-type/password-realm', 'authorization_code'],
      callbacks: ['http://localhost:40999/callback'],
    });
    clientId = client_id;
    await console.management.users.create({
      connection: 'Username-Password-Authentication',
      email,
      password,
      email_verified: true,
    });
  });

  /** Signs in without a browser. */
  async function logIn(secret = password): Promise<number> {
    const answer = await fetch(`${console.tenant.loopbackUrl}oauth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        grant_type: 'http://auth0.com/oauth/grant-type/password-realm',
        realm: 'Username-Password-Authentication',
        client_id: clientId,
        username: email,
        password: secret,
        scope: 'openid',
      }),
    });
    return answer.status;
  }

  it('show new entries live, the details of an Action run, and the raw entry', async () => {
    const { page } = console;
    await bindAction(
      console.management,
      'Report',
      `exports.onExecutePostLogin = async (event, api) => {
        console.log(${JSON.stringify(hostile)}, event.user.email);
        console.error('to be seen');
        api.idToken.setCustomClaim('https://orders.example/plan', 'gold');
        api.idToken.setCustomClaim('iss', 'me');
      };`,
    );
    await console.open('logs');
    await page.getByText('Create a client').waitFor();
    expect(await page.getByText('Success Exchange: password').count()).toBe(0);
    expect(await logIn()).toBe(200);
    await page.getByRole('link', { name: 'Success Exchange: password for access token' }).waitFor();
    await console.checkAppearance('logs');

    await page.getByRole('link', { name: 'Success Exchange: password for access token' }).click();
    await page.getByText(email).waitFor();
    await console.checkAppearance('log entry');
    await page.getByRole('navigation', { name: 'Parts of the entry' }).getByText('Action Details').click();
    await page.getByText('error: to be seen').waitFor();
    const written = (await page.locator('.console').textContent()) ?? '';
    expect(written).toContain(hostile);
    expect(written).toContain(email);
    await page.getByText('api.idToken.setCustomClaim("https://orders.example/plan", "gold")').waitFor();
    await page.getByRole('heading', { name: 'Claims that the tenant dropped' }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    await console.checkAppearance('Action Details');
    await console.picture('action-details', { dark: true });
    await page.getByRole('navigation', { name: 'Parts of the entry' }).getByText('Raw JSON').click();
    const raw = JSON.parse((await page.locator('.raw').textContent()) ?? '');
    expect(raw).toMatchObject({ type: 'sepft', client_id: clientId });
    await console.checkAppearance('raw JSON');
  });

  it('find entries by name, by query and by group', async () => {
    const { page } = console;
    await logIn();
    expect(await logIn('wrong')).toBe(403);
    await console.open('logs');
    await page.getByRole('checkbox', { name: 'Live' }).uncheck();
    await page.getByLabel('Show').selectOption('failures');
    await page.getByRole('link', { name: /wrong password/ }).waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await page.getByLabel('Show').selectOption('');
    await page.getByRole('searchbox').fill('una@');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /password for access token/ }).waitFor();
    expect(await page.getByText('Create a client').count()).toBe(0);
    await page.getByRole('searchbox').fill('type:sapi');
    await page.keyboard.press('Enter');
    await page.getByText('Create a client').waitFor();
    await page.getByRole('searchbox').fill('nothing-is-called-this');
    await page.keyboard.press('Enter');
    await page.getByText('No entry matches.').waitFor();
    await page.getByRole('searchbox').fill('type:[');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await console.checkAppearance('an invalid query');
  });

  it('show the console of the Actions of a failed login', async () => {
    const { page } = console;
    await bindAction(
      console.management,
      'Fail',
      "exports.onExecutePostLogin = async () => { console.log('about to fail'); throw new Error('of no use'); };",
    );
    expect(await logIn()).not.toBe(200);
    await console.open('logs?type=failures');
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('navigation', { name: 'Parts of the entry' }).getByText('Action Details').click();
    await page.getByText('about to fail').waitFor();
    await page.getByText('Error: of no use').waitFor();
  });

  it('save changed settings, and show the mails of the outbox', async () => {
    const { page, management } = console;
    await console.open('settings');
    await page.getByLabel('Friendly Name').fill('Practice');
    await page.getByLabel('Session lifetime in hours').fill('5');
    await page.getByLabel('Session lifetime without use, in hours').fill('4');
    await console.checkAppearance('settings');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect(await management.tenants.settings.get()).toMatchObject({ friendly_name: 'Practice', session_lifetime: 5 });

    await page.getByRole('link', { name: 'Outbox' }).click();
    await page.getByText('There are no mails.').waitFor();
    await console.checkAppearance('empty outbox');
    await fetch(`${console.tenant.loopbackUrl}dbconnections/change_password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: clientId, email, connection: 'Username-Password-Authentication' }),
    });
    await page.getByText(`To ${email}`).waitFor();
    const link = await page.locator('.mails a').first().getAttribute('href');
    expect(link).toMatch(/^http:\/\/localhost:\d+\/u\/reset-password\?ticket=/);
    // Once, where the mail has it.
    expect((await page.locator('.mails li').first().textContent())?.split(String(link))).toHaveLength(2);
    await console.checkAppearance('outbox');
  });

  it('store searches in this browser under names, by keyboard too', async () => {
    const { page } = console;
    await console.open('logs');
    const list = page.getByRole('list', { name: 'Saved searches' });
    const save = page.getByRole('button', { name: 'Save this search' });
    await page.getByLabel('Search the log').waitFor();
    expect(await save.count()).toBe(0);
    await page.getByLabel('Search the log').fill('type:fp');
    await page.keyboard.press('Enter');
    await save.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Name').fill(`Wrong passwords ${hostile}`);
    await page.keyboard.press('Enter');
    await list.getByRole('button', { name: /^Wrong passwords/ }).waitFor();
    // It is stored already.
    expect(await save.count()).toBe(0);
    await console.checkAppearance('a saved search');

    await console.load('logs');
    await list.getByRole('button', { name: /^Wrong passwords/ }).press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('search')).toBe('type:fp');
    expect(await page.getByLabel('Search the log').inputValue()).toBe('type:fp');
    await list.getByRole('button', { name: 'Remove the search Wrong' }).press('Enter');
    await list.waitFor({ state: 'detached' });
    await console.load('logs');
    expect(await list.count()).toBe(0);

    // Another program of this address may have written something else.
    await page.evaluate('localStorage.setItem("portcullis.log-searches", JSON.stringify([7, { name: "x" }, null]))');
    await console.load('logs');
    await page.getByLabel('Search the log').waitFor();
    expect(await list.count()).toBe(0);
    await page.evaluate('localStorage.setItem("portcullis.log-searches", "{")');
    await console.load('logs');
    await page.getByLabel('Search the log').waitFor();
    await page.evaluate('localStorage.removeItem("portcullis.log-searches")');
  });
});
