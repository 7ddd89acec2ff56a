import { readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type StandIn, startStandIn } from '../../src/apex/stand-in/stand-in.ts';
import { loadConsoleSite } from '../../src/cli/console/load-console-site.ts';
import type { Tenant } from '../../src/tenant/tenant.ts';
import { openContext } from '../browser/shared-browser.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { drop, signIn, typeIn } from './console-in-browser.ts';

const email = 'una@elsewhere.example';
const password = 'Correct-Horse-9';
const claim = 'https://apex.example.com/roles';

/** Whether `npm run pictures` takes the pictures. Then the tenant has the usual ports, so that the pictures show the usual addresses. */
const takesPictures = process.env.PORTCULLIS_PICTURES === '1';
const folder = fileURLToPath(new URL('../../docs/article/', import.meta.url));

/** The code that the document gives the reader: a working version of the article's. */
const code = /```js\n([\s\S]*?)```/.exec(readFileSync(`${folder}README.md`, 'utf8'))?.[1] ?? '';

describe('the instructions of the article, followed in the console', () => {
  let tenant: Tenant;
  let management: LocalTenant['management'];
  let standIn: StandIn;
  beforeAll(async () => {
    ({ tenant, management } = await startLocalTenant({
      console: { site: loadConsoleSite },
      ...(takesPictures && { port: 4000, loopbackPort: 4001 }),
    }));
    // The starting point of the article: an APEX application that signs users in with Auth0.
    const { client_id = '', client_secret = '' } = await management.clients.create({
      name: 'APEX',
      app_type: 'regular_web',
      grant_types: ['authorization_code', 'client_credentials'],
      oidc_conformant: true,
    });
    standIn = await startStandIn({
      port: takesPictures ? 4040 : 0,
      issuer: tenant.loopbackUrl,
      clientId: client_id,
      clientSecret: client_secret,
      application: { id: 100, workspace: 'demo', alias: 'gate', name: 'APEX' },
      claim,
      organizationPrefix: 'ORG:',
      defaultRole: 'APEX User',
    });
    await management.clients.update(client_id, {
      callbacks: [standIn.callbackUrl],
      allowed_logout_urls: [standIn.signedOutUrl, standIn.homeUrl],
    });
    await management.users.create({
      connection: 'Username-Password-Authentication',
      email,
      password,
      email_verified: true,
      name: 'Una',
    });
    if (takesPictures) await mkdir(folder, { recursive: true });
  });
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await standIn?.close();
    await tenant?.close();
  });

  const pictures: string[] = [];
  async function picture(page: Page, name: string): Promise<void> {
    pictures.push(name);
    if (takesPictures) await page.screenshot({ path: `${folder}${name}.png`, animations: 'disabled' });
  }

  const contexts: BrowserContext[] = [];
  const open = async () => {
    const context = await openContext({ viewport: { width: 1200, height: 760 }, permissions: ['clipboard-write'] });
    contexts.push(context);
    return context.newPage();
  };

  async function unaSignsIn(page: Page): Promise<void> {
    await page.goto(standIn.homeUrl);
    await typeIn(page, { email, password });
    await page.waitForURL((address) => address.href.startsWith(standIn.homeUrl.split('?')[0] ?? ''));
  }

  it('assign a role at sign-in, in twenty-three steps', async () => {
    const una = await open();
    await unaSignsIn(una);
    expect(await una.locator('#roles li[data-role]').count()).toBe(0);
    await picture(una, '00-before');

    const page = await open();
    const go = (name: string) =>
      page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name, exact: true }).click();
    const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
    const type = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
    const clipboard: Record<string, string> = {};
    await signIn(page, tenant);

    // 1: the permissions of the APEX application for the Management API.
    await go('APIs');
    await page.getByRole('link', { name: 'Auth0 Management API' }).click();
    await page.getByRole('link', { name: 'Machine To Machine Applications' }).click();
    await page.getByRole('checkbox', { name: 'APEX: Authorized' }).click();
    await page.getByLabel('Filter Permissions').waitFor();
    await picture(page, '01-permissions');
    // 2: and one permission more than in the article, because the roles of a user cannot be read without it.
    for (const scope of ['read:roles', 'create:roles', 'update:roles', 'read:users']) {
      await page.getByLabel('Filter Permissions').fill(scope);
      await page.getByRole('checkbox', { name: scope, exact: true }).check();
    }
    await page.getByLabel('Filter Permissions').fill(':roles');
    await picture(page, '02-ticked');
    // 3
    await click('Update');
    await page.getByText('APEX has 4 permissions.').waitFor();
    await picture(page, '03-updated');
    // 4
    await go('Roles');
    await page.getByText('There are no roles yet.').waitFor();
    await picture(page, '04-roles');
    // 5
    await click('Create Role');
    await type('Name', 'APEX User');
    await type('Description', 'Every user who signs in');
    await picture(page, '05-new-role');
    await click('Create');
    await page.getByRole('heading', { level: 1, name: 'APEX User' }).waitFor();
    // 6
    await click('Copy role id');
    clipboard.role = (await page.locator('.introduction code').textContent()) ?? '';
    await picture(page, '06-role-id');

    // For steps 12 and 13: the client id and the secret.
    await go('Applications');
    await page.getByRole('link', { name: 'APEX', exact: true }).click();
    await click('Show');
    const facts = page.locator('.facts code');
    clipboard.domain = (await facts.nth(0).textContent()) ?? '';
    clipboard.clientId = (await facts.nth(1).textContent()) ?? '';
    clipboard.clientSecret = (await facts.nth(2).textContent()) ?? '';
    await click('Hide');
    await picture(page, '06b-application');

    // 7
    await go('Library');
    await page.getByText('There are no Actions yet.').waitFor();
    await picture(page, '07-library');
    await click('Build Custom');
    // 8
    await type('Name', 'Assign Default Role');
    await picture(page, '08-new-action');
    await click('Create');
    await page.locator('.cm-content').waitFor();
    // 9
    await click('Dependencies');
    await click('Add Dependency');
    await type('Name', 'auth0');
    await type('Version', '7.1.0');
    await picture(page, '09-dependency');
    await click('Create');
    // 10 to 13
    await click('Secrets');
    for (const [step, key, value] of [
      ['10-default-role', 'defaultRole', clipboard.role],
      ['11-domain', 'domain', clipboard.domain],
      ['12-client-id', 'clientId', clipboard.clientId],
      ['13-client-secret', 'clientSecret', clipboard.clientSecret],
    ] as const) {
      await click('Add Secret');
      await type('Key', key);
      await type('Value', value ?? '');
      await picture(page, step);
      await click('Create');
      await page.getByRole('button', { name: `Remove ${key}` }).waitFor();
    }
    // 14
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(code);
    await picture(page, '14-code');
    // 15
    await click('Deploy');
    await page.getByText('deployed, version 1').waitFor();
    await picture(page, '15-deployed');
    // 16
    await go('Triggers');
    await page.getByRole('link', { name: 'Login', exact: true }).click();
    await page.getByText('The flow is empty.').waitFor();
    await picture(page, '16-flow');
    // 17: custom Actions are beside the flow. 18: drag one into it.
    await page.getByRole('heading', { name: 'Custom' }).waitFor();
    await picture(page, '17-custom');
    const from = await page.getByRole('button', { name: 'Drag Assign Default Role' }).boundingBox();
    const to = await page.locator('.flow-end').last().boundingBox();
    if (from === null || to === null) throw new Error('There is nothing to drag.');
    await page.mouse.move(from.x + 8, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + 60, to.y - 20, { steps: 8 });
    await page.mouse.move(to.x + 60, to.y + 12, { steps: 4 });
    await drop(page);
    await page.getByRole('button', { name: 'Remove Assign Default Role' }).waitFor();
    await picture(page, '18-dragged');
    // 19
    await click('Apply');
    await page.getByText('The flow is applied').waitFor();
    await picture(page, '19-applied');

    // 20
    await una
      .getByRole('link', { name: /sign out/i })
      .first()
      .click();
    await una.waitForLoadState();
    await picture(una, '20-signed-out');
    // 21
    await unaSignsIn(una);
    await expect
      .poll(() =>
        una.locator('#roles li[data-role]').evaluateAll((items) => items.map((item) => item.getAttribute('data-role'))),
      )
      .toEqual(['APEX User']);
    await picture(una, '21-signed-in');

    // 22
    await go('Users');
    await page.getByRole('searchbox').fill('una');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Una' }).click();
    await page.getByRole('heading', { level: 1, name: 'Una' }).waitFor();
    await picture(page, '22-user');
    // 23
    await page.getByRole('navigation', { name: 'Parts of the user' }).getByText('Roles').click();
    await page.getByRole('link', { name: 'APEX User' }).waitFor();
    await picture(page, '23-role-of-the-user');

    // The article's advice on Monitoring > Logs.
    await go('Logs');
    await page
      .getByRole('row', { name: /Success Login.*una@.*APEX/ })
      .first()
      .getByRole('link')
      .click();
    await page.getByRole('heading', { level: 1, name: 'Success Login' }).waitFor();
    await page.getByRole('navigation', { name: 'Parts of the entry' }).getByText('Action Details').click();
    await page.getByText('Gave the default role APEX User').waitFor();
    await picture(page, '24-action-details');
    await page.getByRole('navigation', { name: 'Parts of the entry' }).getByText('Raw JSON').click();
    await page.locator('.raw').getByText('"executions"').waitFor();
    await picture(page, '25-raw-json');

    const article = await readFile(`${folder}README.md`, 'utf8');
    for (const name of pictures)
      expect(article, `docs/article/README.md has no picture ${name}`).toContain(`(${name}.png)`);
  });
});
