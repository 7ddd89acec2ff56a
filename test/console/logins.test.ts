import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConsoleSite } from '../../src/cli/console/load-console-site.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { openConsoleOf } from './console-in-browser.ts';

const hostile = '<img src=x onerror="document.title=\'taken\'">';
const password = 'Correct-Horse-9';

describe('the list of logins in the console', () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-logins-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** Creates a user and signs them in several times without a browser. */
  async function logIn({ tenant, management }: LocalTenant, name: string, times: number): Promise<void> {
    const email = `${name.toLowerCase()}@elsewhere.example`;
    const connection = 'Username-Password-Authentication';
    await management.users.create({ connection, email, password, email_verified: true, name: `${name} ${hostile}` });
    const { client_id } = await management.clients.create({
      name: `Application of ${name}`,
      app_type: 'regular_web',
      token_endpoint_auth_method: 'none',
      grant_types: ['http://auth0.com/oauth/grant-type/password-realm', 'refresh_token'],
    });
    const ask = async (fields: object) => {
      const answer = await fetch(`${tenant.loopbackUrl}oauth/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ client_id, ...fields }),
      });
      expect(answer.status).toBe(200);
      return (await answer.json()) as { refresh_token?: string };
    };
    const grant_type = 'http://auth0.com/oauth/grant-type/password-realm';
    const scope = 'openid offline_access';
    const { refresh_token } = await ask({ grant_type, realm: connection, username: email, password, scope });
    for (let time = 1; time < times; time += 1) await ask({ grant_type: 'refresh_token', refresh_token });
  }

  it('is complete after a restart, has pages and a search, and gives each login its own address', async () => {
    // A tenant without a console.
    const before = await startLocalTenant({ dataFolder: folder });
    await logIn(before, 'Una', 1);
    await logIn(before, 'Vera', 55);
    await before.tenant.close();

    const after = await startLocalTenant({ dataFolder: folder, console: { site: loadConsoleSite } });
    const opened = await openConsoleOf(after);
    const { page } = opened;
    await opened.open('try');
    const table = page.getByRole('region', { name: 'Logins, latest first' });
    const rows = () => table.getByRole('link').count();
    await table.getByText('Application of Vera').first().waitFor();
    expect(await rows()).toBe(25);
    expect(await page.getByRole('button', { name: 'Later logins' }).isDisabled()).toBe(true);
    await opened.checkAppearance('many logins');
    await page.getByRole('button', { name: 'Earlier logins' }).click();
    await page.getByRole('button', { name: 'Later logins', disabled: false }).waitFor();
    const address = page.url();
    await page.getByRole('button', { name: 'Earlier logins' }).click();
    await table.getByText('Application of Una').waitFor();
    expect(await rows()).toBe(6);
    expect(await page.getByRole('button', { name: 'Earlier logins' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Later logins' }).click();
    await expect.poll(rows).toBe(25);
    // A new login does not change a page further back.
    await logIn(after, 'Wendy', 1);
    await page.goto(address);
    await expect.poll(rows).toBe(25);
    expect(await table.getByText('Application of Wendy').count()).toBe(0);

    // The history of a user has the latest logins, and leads to all of them.
    const [vera] = await after.management.users.listUsersByEmail({ email: 'vera@elsewhere.example' });
    await opened.open(`users/${encodeURIComponent(vera?.user_id ?? '')}/history`);
    await table.getByText('Application of Vera').first().waitFor();
    expect(await rows()).toBe(5);
    await page.getByRole('region', { name: 'Log entries of the user' }).waitFor();
    await opened.checkAppearance('the history of a user');
    await page.getByRole('link', { name: 'All logins of the user' }).click();
    await expect.poll(rows).toBe(25);

    await page.getByRole('searchbox', { name: 'Search the logins' }).fill('UNA@elsewhere');
    await page.keyboard.press('Enter');
    await expect.poll(rows).toBe(1);
    await page.getByRole('searchbox', { name: 'Search the logins' }).fill('of Wendy');
    await page.keyboard.press('Enter');
    await table.getByText('Application of Wendy').waitFor();
    expect(await rows()).toBe(1);
    await page.getByRole('searchbox', { name: 'Search the logins' }).fill('no-login-has-this-name');
    await page.keyboard.press('Enter');
    await page.getByText('No login matches.').waitFor();
    await opened.checkAppearance('no login');
    await page.getByRole('searchbox', { name: 'Search the logins' }).fill('una');
    await page.keyboard.press('Enter');
    await table.getByText('Application of Una').waitFor();
    await table.getByRole('link', { name: 'una@elsewhere.example' }).click();
    await page.getByText('Let in, after').first().waitFor();
    const timeline = page.getByRole('list', { name: 'Timeline' });
    await timeline.getByText('Success Exchange: password for access token').waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    await opened.checkAppearance('a login from before the restart');
    // Its file is the same timeline, with the entries of the log in it.
    const events = () => timeline.locator(':scope > li').allInnerTexts();
    const eventsOfTenant = await events();
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).press('Enter');
    const file = join(folder, 'login.json');
    await (await downloading).saveAs(file);
    const detail = page.url();
    await opened.open('try');
    await page.getByRole('link', { name: 'Open a saved login' }).press('Enter');
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.getByLabel('File of the login').setInputFiles(file);
    await timeline.waitFor();
    expect(await events()).toEqual(eventsOfTenant);
    await timeline.getByText('Success Exchange: password for access token').click();
    await page.getByRole('region', { name: 'Log entry' }).getByText('"type": "sepft"').waitFor();
    expect(requests.filter((url) => !url.endsWith('.js'))).toEqual([]);
    await opened.checkAppearance('a saved login');
    await page
      .getByLabel('File of the login')
      .setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{"kind":"other"}') });
    await page.getByRole('alert').getByText('This is no file of a login').waitFor();
    await page.goto(detail);
    // The log entry of a login links to the logins of its user.
    await timeline.getByText('Success Exchange: password for access token').click();
    await timeline.getByRole('link', { name: 'Open the log entry' }).click();
    await page.getByRole('link', { name: 'Logins of this user' }).click();
    await table.getByText('Application of Una').waitFor();
    expect(await rows()).toBe(1);
    await opened.open('logins/no-such-login');
    await page.getByText('Login not found.').waitFor();
    expect(opened.browserErrors).toEqual([]);
    await opened.close();
  });
});
