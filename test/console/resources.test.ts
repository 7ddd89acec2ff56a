import { describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

describe('the generated screens of the console', () => {
  const console = consoleForEachTest();

  it('create an organization, a member of it and an invitation to it', async () => {
    const { page, management } = console;
    const { user_id: ann = '' } = await management.users.create({
      connection: 'Username-Password-Authentication',
      email: 'ann@water.example',
      password: 'Correct-Horse-1',
    });
    const { client_id: shop = '' } = await management.clients.create({
      name: 'Shop',
      app_type: 'regular_web',
      initiate_login_uri: 'https://shop.example/login',
    });
    await console.open('overview');
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Organizations' }).click();
    await page.getByText('There are no organizations here.').waitFor();
    await console.checkAppearance('an empty list');
    await page.getByRole('button', { name: 'Create organization' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name *', { exact: true }).fill('water company');
    await dialog.getByRole('button', { name: 'Create organization' }).click();
    // The tenant's own words, at the field.
    await dialog.getByText('Enter lower-case letters, digits, - and _, without spaces.').first().waitFor();
    expect(await dialog.getByLabel('Name *', { exact: true }).getAttribute('aria-invalid')).toBe('true');
    expect(await dialog.getByRole('alert').textContent()).toBe(
      'Name: Enter lower-case letters, digits, - and _, without spaces.',
    );
    await console.checkAppearance('a dialog with a mistake');
    await dialog.getByLabel('Name *', { exact: true }).fill('water');
    await dialog.getByRole('button', { name: 'Create organization' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await page.getByRole('row').getByRole('link', { name: 'water' }).click();
    await page.getByRole('heading', { level: 1, name: 'water' }).waitFor();
    await page.getByText('Without an effect here').click();
    await page.getByText(/Stored and shown as on Auth0: .*token quota/).waitFor();
    await page.getByLabel('Display name').fill('Water company');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Water company' }).waitFor();
    await console.checkAppearance('one thing with parts');
    const [organization] = (await management.organizations.list()).data;
    expect(organization).toMatchObject({ name: 'water', display_name: 'Water company' });

    const parts = page.getByRole('navigation', { name: 'Parts of Water company' });
    await parts.getByRole('link', { name: 'Members' }).click();
    await page.getByRole('button', { name: 'Add members' }).click();
    await dialog.getByLabel('ann@water.example').check();
    await dialog.getByRole('button', { name: 'Add members' }).click();
    await page.getByRole('row', { name: /ann@water/ }).waitFor();
    await console.checkAppearance('a list of a thing');
    const members = await management.organizations.members.list(organization?.id ?? '');
    expect(members.data.map(({ user_id }) => user_id)).toEqual([ann]);

    await parts.getByRole('link', { name: 'Invitations' }).click();
    await page.getByRole('button', { name: 'Create invitation' }).click();
    await dialog.getByLabel('Name *', { exact: true }).fill('Ann');
    await dialog.getByLabel('E-mail *', { exact: true }).fill('bob@water.example');
    await dialog.getByLabel('Client ID *', { exact: true }).selectOption(shop);
    expect(await dialog.getByLabel('Client ID *').locator('option:checked').textContent()).toBe('Shop');
    await dialog.getByRole('button', { name: 'Create invitation' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const invitations = await management.organizations.invitations.list(organization?.id ?? '');
    expect(invitations.data).toMatchObject([{ invitee: { email: 'bob@water.example' }, client_id: shop }]);
    await page.getByRole('columnheader', { name: 'Invited' }).waitFor();
    await page.getByRole('row').getByRole('link', { name: 'bob@water.example' }).waitFor();

    await parts.getByRole('link', { name: 'Connections', exact: true }).click();
    await page.getByRole('button', { name: 'Enable a connection' }).click();
    await dialog.getByLabel('Connection ID *').selectOption({ label: 'Username-Password-Authentication' });
    await dialog.getByRole('button', { name: 'Enable a connection' }).click();
    await page.getByRole('row').getByRole('link', { name: 'Username-Password-Authentication' }).waitFor();
  });

  it('show which factors are enabled, by name', async () => {
    const { page, management } = console;
    await management.guardian.factors.set('otp', { enabled: true });
    await console.open('overview');
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Multi-factor' }).click();
    await page.getByRole('row', { name: /^One-time password \(otp\) enabled$/ }).waitFor();
    await page.getByRole('row', { name: /^E-mail \(email\) off$/ }).waitFor();
    await console.checkAppearance('factors');
    await page.getByRole('link', { name: 'E-mail (email)' }).click();
    await page.getByRole('heading', { level: 1, name: 'E-mail (email)' }).waitFor();
    await page.getByLabel('Enabled').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('It is saved.').waitFor();
    await page.getByRole('link', { name: 'Factors' }).first().click();
    await page.getByRole('row', { name: /^E-mail \(email\) enabled$/ }).waitFor();
  });

  it('change the branding by keyboard, as a form or as JSON', async () => {
    const { page, management, context } = console;
    // The preview loads the logo while its address is typed.
    await context.route(/^https:\/\/w/, (route) => route.fulfill({ contentType: 'image/svg+xml', body: LOGO }));
    await console.open('resources/branding');
    await page.getByLabel('Logo URL').focus();
    await page.keyboard.type('https://water.example/logo.png');
    await page.keyboard.press('Tab');
    // The group of colours unfolds.
    expect(await page.evaluate('document.activeElement.textContent')).toContain('Colors');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('#225588');
    await page.keyboard.press('Enter');
    await page.getByText('It is saved.').waitFor();
    expect(await management.branding.get()).toMatchObject({
      logo_url: 'https://water.example/logo.png',
      colors: { primary: '#225588' },
    });
    await page.getByRole('button', { name: 'Raw JSON' }).click();
    await page.getByRole('region', { name: 'Raw JSON' }).getByText('#225588').waitFor();
    await page.locator('summary', { hasText: 'Operations of the Management API' }).click();
    await console.checkAppearance('the raw JSON and the operations');
    await page.getByRole('button', { name: 'Change branding' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'JSON', exact: true }).click();
    await dialog.getByLabel('Body as JSON').fill('{"colors": {"primary": "#116644"}');
    await dialog.getByText('This is not JSON yet').waitFor();
    await dialog.getByLabel('Body as JSON').fill('{"colors": {"primary": "#116644"}}');
    await dialog.getByRole('button', { name: 'Change branding' }).click();
    await dialog.getByRole('heading', { name: 'The tenant answered' }).waitFor();
    expect((await management.branding.get()).colors).toMatchObject({ primary: '#116644' });
  });

  it('create a log stream of a kind, and delete it', async () => {
    const { page, management } = console;
    await console.open('resources/log-streams');
    await page.getByRole('button', { name: 'Create log stream' }).click();
    const dialog = page.getByRole('dialog');
    // The tenant refuses it without naming the field, so that the field itself does.
    const endpoint = dialog.getByLabel('HTTP endpoint *');
    await dialog.getByText('An address that begins with https://').waitFor();
    await endpoint.fill('http://localhost:9555/hook');
    await dialog.locator('summary', { hasText: 'Sink' }).click();
    await dialog.getByRole('button', { name: 'Create log stream' }).click();
    await expect.poll(() => endpoint.isVisible()).toBe(true);
    expect(
      await endpoint.evaluate((input: { validity: { patternMismatch: boolean } }) => input.validity.patternMismatch),
    ).toBe(true);
    expect(await management.logStreams.list()).toEqual([]);
    await dialog.getByLabel('Type', { exact: true }).selectOption('Datadog');
    await dialog.getByLabel('Name', { exact: true }).fill('Log of the shop');
    await dialog.getByLabel('Datadog region *').selectOption('eu');
    await dialog.getByLabel('Datadog API key *').fill('0123456789');
    await console.checkAppearance('a dialog for a new thing');
    await dialog.getByRole('button', { name: 'Create log stream' }).click();
    await page.getByText('The log stream is created.').waitFor();
    await page
      .getByRole('row', { name: /^Log of the shop/ })
      .getByRole('link')
      .click();
    await page.getByRole('button', { name: 'Delete log stream' }).click();
    await dialog.getByText('This cannot be undone.').waitFor();
    await dialog.getByRole('button', { name: 'Delete log stream' }).click();
    await page.getByText('There are no log streams here.').waitFor();
    expect(await management.logStreams.list()).toEqual([]);
  });

  it('edit the scripts of a database with their lines', async () => {
    const { page, management } = console;
    const script = 'function login(email, password, callback) {\n  // Nothing else.\n  callback(null, { email });\n}';
    const { id = '' } = await management.connections.create({
      name: 'customers',
      strategy: 'auth0',
      options: { enabledDatabaseCustomization: true, customScripts: { login: script } },
    });
    await console.open(`resources/connections/${id}`);
    await page.locator('summary', { hasText: /^Options/ }).click();
    await page.locator('summary', { hasText: /^Custom scripts/ }).click();
    await page.getByRole('button', { name: 'Edit Login' }).press('Enter');
    const editor = page.getByRole('textbox', { name: 'Login' });
    await editor.press('Control+Home');
    await page.keyboard.type('// Ours.\n');
    await page.getByRole('button', { name: 'Edit Get user' }).press('Enter');
    await page.getByRole('textbox', { name: 'Get user' }).fill('function getByEmail() {}');
    await console.checkAppearance('a script of a database');
    await page.getByRole('button', { name: 'Save changes' }).click();
    const scripts = async () => (await management.connections.get(id)).options?.customScripts;
    await expect.poll(scripts).toEqual({ login: `// Ours.\n${script}`, get_user: 'function getByEmail() {}' });
  });

  it('have all settings of an application in groups, with secrets covered, and are found by name', async () => {
    const { page, management } = console;
    const { client_id: id = '', client_secret: secret = '' } = await management.clients.create({ name: 'Shop' });
    await console.open(`applications/${id}`);
    await page.getByRole('link', { name: 'Everything' }).click();
    await page.getByRole('region', { name: 'Tokens' }).waitFor();
    await console.checkAppearance('a long form');
    await page.getByRole('region', { name: 'Organizations' }).getByLabel('Organization usage').selectOption('allow');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('It is saved.').waitFor();
    expect(await management.clients.get(id)).toMatchObject({ organization_usage: 'allow', name: 'Shop' });
    await page.getByRole('button', { name: 'Raw JSON' }).click();
    const json = page.getByRole('region', { name: 'Raw JSON' });
    expect(await json.textContent()).not.toContain(secret);
    await page.getByRole('button', { name: 'Show secrets' }).click();
    await json.getByText(secret).waitFor();
    await page.locator('summary', { hasText: 'Operations of the Management API' }).click();
    await page.getByRole('button', { name: 'Rotate secret' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Rotate secret' }).click();
    await dialog.getByRole('heading', { name: 'The tenant answered' }).waitFor();
    expect((await management.clients.get(id)).client_secret).not.toBe(secret);
    await dialog.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('link', { name: 'The usual screen' }).click();
    await page.getByRole('heading', { level: 1, name: 'Shop' }).waitFor();
    await page.keyboard.press('Control+k');
    // The settings of an application have lists, which are comboboxes too.
    await page.getByRole('combobox', { name: /^Screen, user/ }).pressSequentially('signing');
    await page.getByRole('option', { name: 'Keys: Signing' }).click();
    await page.getByRole('heading', { level: 2, name: 'Signing' }).waitFor();
    expect(await page.getByRole('link', { name: 'More in Security' }).getAttribute('aria-current')).toBe('page');
    await page.getByRole('link', { name: 'More in Security' }).click();
    await page.getByRole('heading', { level: 1, name: 'Security: everything' }).waitFor();
    await console.checkAppearance('an area');
  });
});
