import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { LocalGate } from '../../src/cli/dev/local-gate.ts';
import { atBrowser } from '../../src/cli/dev/person-at-browser.ts';
import { openContext } from '../browser/shared-browser.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { bindAction } from '../local-tenant.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { typeIn } from './console-in-browser.ts';
import { openGate } from './gate-in-browser.ts';

const hostile = '<img src=x onerror="document.title=\'taken\'">';

describe('Try it and the gate in the console', () => {
  const console = consoleForEachTest(openGate);
  let gate: LocalGate;
  beforeEach(() => {
    ({ gate } = console);
  });

  const person = (name: string) => {
    const found = gate.cast.find((one) => one.name === name);
    if (found === undefined) throw new Error(`No person of the cast is called ${name}.`);
    return found;
  };

  /** Signs a person in to the application in a separate browser context. */
  async function visit(name: string): Promise<void> {
    const context = await openContext();
    const page = await context.newPage();
    await page.goto(gate.standIn.homeUrl);
    await type(page, name);
    await page.waitForURL(/\/ords\//);
    await context.close();
  }

  async function type(page: Page, name: string): Promise<void> {
    const { email, password = '' } = person(name);
    await typeIn(page, { email, password });
  }

  it('show a login from the request to the tokens, with the decision in words', async () => {
    const { page } = console;
    await console.open('try');
    await page.getByText('There are no logins yet.').waitFor();
    await console.checkAppearance('Try it, before the first login');
    await visit('Una');
    await page.getByRole('link', { name: person('Una').email }).waitFor();
    await visit('Vera');
    await page.getByRole('link', { name: person('Vera').email }).waitFor();
    await console.checkAppearance('Try it');

    await page.getByRole('link', { name: person('Una').email }).click();
    await page
      .getByText(/The policy: Let in as a verified person without an organisation: "APEX User" is assigned/)
      .waitFor();
    const timeline = page.getByRole('list', { name: 'Timeline' });
    await timeline.getByText('A session was created').waitFor();
    await timeline.getByText('Let in, after').waitFor();
    await timeline.getByText('api.idToken.setCustomClaim("https://apex.example.com/roles", ["APEX User"])').waitFor();
    // The Action's requests to the tenant appear as requests and as log entries.
    await timeline.getByRole('heading', { name: 'Outgoing requests' }).waitFor();
    await timeline.getByText(`POST ${gate.tenant.domain}`).first().waitFor();
    await timeline.getByText('client credentials for access token').first().waitFor();
    const claim = page.getByRole('row', { name: /apex\.example\.com\/roles ID token/ });
    expect(await claim.textContent()).toContain('["APEX User"]');
    await console.checkAppearance('a login');
    await console.picture('login', { whole: true });
    // Claims that did not change are folded away; requests and log lines unfold.
    const unchanged = page.getByRole('row', { name: /^email ID token/ });
    expect(await unchanged.count()).toBe(0);
    await page.getByText(/claims that the Actions did not change/).click();
    await unchanged.getByText(person('Una').email).waitFor();
    await timeline.getByText('The request', { exact: true }).click();
    await timeline.getByText('oidc-basic-profile').waitFor();
    await timeline.getByText(`POST ${gate.tenant.domain}`).first().click();
    await timeline.getByText('Until the answer began').waitFor();
    await timeline.getByText('Success Login', { exact: true }).click();
    await timeline.getByRole('region', { name: 'Log entry' }).getByText('"type": "s"').waitFor();
    await console.checkAppearance('a login, unfolded');
    // The address is a link to the login.
    const address = page.url();
    await page.goto(address);
    await timeline.getByText('Let in, after').waitFor();

    await console.open('try');
    await page.getByRole('link', { name: person('Vera').email }).click();
    await page.getByText('Refused: the e-mail address is not verified.').waitFor();
    await timeline.getByText('Refused by the policy: the e-mail address is not verified.').waitFor();
    await timeline.getByText('Refused', { exact: true }).waitFor();
    await page.getByText('No tokens were issued').waitFor();
    await console.checkAppearance('a refused login');

    await console.open('try');
    const refused = page.getByRole('row', { name: new RegExp(person('Vera').email) });
    await refused.getByText('refused: the e-mail address is not verified').waitFor();
    const [vera] = await console.management.users.listUsersByEmail({ email: person('Vera').email });
    await console.open(`users/${encodeURIComponent(vera?.user_id ?? '')}/history`);
    await page.getByRole('link', { name: 'Refused', exact: true }).waitFor();
    await page.getByRole('cell', { name: 'the e-mail address is not verified', exact: true }).waitFor();
    expect(await page.getByText('Success Logout').count()).toBe(0);
  });

  it('say first that another Action failed, whatever the policy decided', async () => {
    const { page } = console;
    const failing = "exports.onExecutePostLogin = async () => { throw new Error('no department'); };";
    await bindAction(console.management, 'Department', failing);
    // The application starts a login that failed again, as APEX does: the browser gives up.
    await atBrowser(person('Dan'), gate.standIn)
      .visit()
      .catch(() => undefined);
    await console.open('try');
    await page
      .getByRole('link', { name: person('Dan').email })
      .first()
      .click();
    const headline = page.locator('.decision');
    await headline.getByText('Refused, because an Action failed').waitFor();
    expect(await headline.textContent()).toMatch(
      /^Refused, because an Action failed: .*no department\s*The policy: Let in as a holder of the default role\.$/,
    );
    await page.getByText('Error: no department (line 1)').waitFor();
    await page.getByText('No tokens were issued').waitFor();
    expect(await page.getByRole('table').count()).toBe(0);
    await page.getByText('Action Failed', { exact: true }).waitFor();
    await console.checkAppearance('a login that an Action failed');
    await console.open('overview');
    await page
      .getByRole('link', {
        name: /^“Department” failed in \d+ of its latest (?:run|\d+ runs): such a login is refused\.$/,
      })
      .waitFor();
  });

  it('start a login to an application for a made-up user in another tab', async () => {
    const { page, context } = console;
    await console.open('try');
    await page.getByLabel('Application').selectOption({ label: 'APEX' });
    await page.getByLabel('Who signs in').selectOption('google-oauth2');
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Start the login' }).click();
    const tab = await opened;
    await tab.waitForURL(/\/u\/social\//);
    await tab.fill('input[name=email]', 'gina@elsewhere.example');
    await tab.fill('input[name=name]', hostile);
    await tab.check('input[name=email_verified]');
    await tab.click('button[name=action][value=default]');
    await tab.waitForURL((url) => url.href.startsWith(new URL(gate.standIn.callbackUrl).origin));
    await tab.close();
    await page.getByRole('link', { name: 'gina@elsewhere.example' }).click();
    await page.getByText(/The policy: Let in/).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
    // The console's own session is unaffected by the session at the application.
    await console.open('users');
    await page.getByRole('link', { name: hostile }).waitFor();
  });

  it('start a login as a user without the password at the application itself', async () => {
    const { page, context } = console;
    await console.open('try');
    await page.getByRole('button', { name: 'Start the login' }).click();
    await page.getByRole('alert').getByText('Choose a user.').waitFor();
    await page.getByLabel('Beginning of a name or an address').fill('otto');
    await page.getByLabel('User', { exact: true }).selectOption({ label: person('Otto').email });
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Start the login' }).click();
    const tab = await opened;
    await tab.waitForURL((url) => url.href.startsWith(gate.standIn.homeUrl));
    expect(await tab.locator('#roles').textContent()).toContain('ORG:WATER');
    await tab.close();
    await page.getByRole('link', { name: person('Otto').email }).click();
    await page.getByText(/The policy: Let in because the e-mail's domain belongs to an organisation/).waitFor();

    // Applications do not sign in users of a connection that is not enabled for them.
    const email = 'closed@elsewhere.example';
    await gate.management.connections.create({ name: 'Closed', strategy: 'auth0' });
    await gate.management.users.create({ connection: 'Closed', email, password: 'Correct-Horse-9' });
    await console.open('try');
    await page.getByLabel('Beginning of a name or an address').fill('closed');
    await page.getByLabel('User', { exact: true }).selectOption({ label: email });
    await page.getByRole('button', { name: 'Start the login' }).click();
    await page.getByRole('alert').getByText('does not sign people in with the connection of this user').waitFor();
  });

  it('show the policy in words, the decision about every user, and that about a made-up visitor', async () => {
    const { page, management } = console;
    await management.users.create({
      connection: 'Username-Password-Authentication',
      email: 'blocked@water.example',
      password: 'Correct-Horse-9',
      email_verified: true,
      blocked: true,
    });
    await console.open('gate');
    await page.getByText('A user with an address at water.example is given').waitFor();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'The policy guards' })
      .getByRole('link', { name: 'APEX' })
      .waitFor();
    await page.getByText('A user without a verified e-mail address is refused.').waitFor();
    const row = (email: string) => page.getByRole('row', { name: new RegExp(email) });
    await row(person('Vera').email).getByText('Refused: the e-mail address is not verified.').waitFor();
    await row(person('Otto').email).getByText('let in with a new role').waitFor();
    await row(person('Wendy').email).getByText('let in with current roles').waitFor();
    await row('blocked@water.example').getByText('blocked by the tenant').waitFor();
    expect(await page.getByText('administrator@tenant.example').count()).toBe(0);
    await console.checkAppearance('the gate');
    await console.picture('gate', { whole: true });

    const refused = page.locator('.counts li', { hasText: 'refused' });
    expect(await refused.textContent()).toBe('1 refused');
    await page.getByLabel('Decision').selectOption('refused');
    await expect.poll(() => page.getByRole('table').getByRole('row').count()).toBe(2);
    // The counts follow changes on the tenant.
    const [vera] = await management.users.listUsersByEmail({ email: person('Vera').email });
    await management.users.update(vera?.user_id ?? '', { email_verified: true });
    await expect.poll(() => refused.textContent()).toBe('0 refused');

    const decision = page.getByRole('region', { name: 'A made-up visitor' }).getByRole('status');
    await page.getByLabel('Email address').fill('new@water.example');
    expect(await decision.textContent()).toContain('"ORG:WATER" is assigned');
    await page.getByRole('checkbox', { name: 'The address is verified' }).uncheck();
    expect(await decision.textContent()).toBe('Refused: the e-mail address is not verified.');
    await page.getByRole('checkbox', { name: 'The address is verified' }).check();
    await page.getByLabel('Roles held').fill('ORG:FIRE, Reader');
    expect(await decision.textContent()).toContain('Let in as the holder of an organisation role');
  });

  it('follow a change of the policy', async () => {
    const { page } = console;
    const { defaultRole: _gone, ...strict } = policy;
    onTestFinished(async () => {
      await gate.put(policy);
    });
    await gate.put(strict);
    await console.open('gate');
    await page.getByText('Every other user is refused.').waitFor();
    await page
      .getByRole('row', { name: new RegExp(person('Una').email) })
      .getByText(/there is no default role/)
      .waitFor();
  });
});
