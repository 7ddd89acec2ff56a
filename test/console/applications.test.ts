import { describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';

describe('Applications and APIs in the console', () => {
  const console = consoleForEachTest();

  it('create an application, show its secret on request, save its settings and delete it', async () => {
    const { page, management } = console;
    await console.open('applications');
    await console.checkAppearance('applications');
    await page.getByRole('button', { name: 'Create Application' }).click();
    await page.getByLabel('Name', { exact: true }).fill('APEX');
    await console.checkAppearance('new application');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'APEX' }).waitFor();
    const application = (await management.clients.list()).data.find(({ name }) => name === 'APEX');
    const secret = application?.client_secret ?? 'none';
    expect(await page.getByText(secret).count()).toBe(0);
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText(secret).waitFor();
    await page.getByRole('button', { name: 'Copy Client Secret' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
    await console.checkAppearance('application');

    await page.getByLabel('Allowed Callback URLs').fill('javascript:alert(1)');
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await page.getByText('callbacks: Line 1: ').waitFor();
    const callbacks = page.getByLabel('Allowed Callback URLs');
    await callbacks.fill('http://localhost:4040/callback\napp.example.com/callback');
    await page.getByRole('button', { name: 'Save Changes' }).click();
    // At the field, for a screen reader as well.
    await page
      .locator('.field')
      .getByText('Line 2: Enter a complete address, such as https://app.example.com/start.')
      .waitFor();
    expect(await callbacks.getAttribute('aria-invalid')).toBe('true');
    await console.checkAppearance('a mistake in a field');
    await page
      .getByLabel('Allowed Callback URLs')
      .fill('http://localhost:4040/callback\nhttp://localhost:4041/callback');
    await page.getByRole('checkbox', { name: 'Implicit' }).uncheck();
    await page.getByRole('button', { name: 'Save Changes' }).click();
    await expect
      .poll(async () => (await management.clients.get(application?.client_id ?? '')).callbacks)
      .toEqual(['http://localhost:4040/callback', 'http://localhost:4041/callback']);
    expect((await management.clients.get(application?.client_id ?? '')).grant_types).not.toContain('implicit');

    await page.getByRole('button', { name: 'Rotate' }).click();
    await page.getByRole('button', { name: 'Rotate secret' }).click();
    await expect
      .poll(async () => (await management.clients.get(application?.client_id ?? '')).client_secret)
      .not.toBe(secret);

    await page.getByRole('navigation', { name: 'Parts of the application' }).getByText('Connections').click();
    await page.getByRole('checkbox', { name: 'google-oauth2: enabled' }).click();
    await console.checkAppearance('connections of an application');
    await expect
      .poll(async () => {
        const [google] = (await management.connections.list({ name: 'google-oauth2' })).data;
        return (await management.connections.clients.get(google?.id ?? '')).data;
      })
      .toEqual([]);

    await page.getByRole('navigation', { name: 'Parts of the application' }).getByText('Settings').click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete application' }).click();
    await page.getByRole('heading', { level: 1, name: 'Applications' }).waitFor();
    expect((await management.clients.list()).data.map(({ name }) => name)).not.toContain('APEX');
  });

  it('authorise an application for the Management API with the selected permissions', async () => {
    const { page, management } = console;
    const { client_id = '' } = await management.clients.create({
      name: 'APEX',
      app_type: 'regular_web',
      grant_types: ['authorization_code'],
    });
    await console.open('apis');
    await console.checkAppearance('APIs');
    await page.getByRole('link', { name: 'Auth0 Management API' }).click();
    await page.getByRole('navigation', { name: 'Parts of the API' }).getByText('Machine To Machine').click();
    await page.getByRole('checkbox', { name: 'APEX: Authorized' }).click();
    await page.getByLabel('Filter Permissions').fill(':roles');
    await page.getByRole('checkbox', { name: 'read:roles', exact: true }).check();
    await page.getByRole('checkbox', { name: 'update:roles', exact: true }).check();
    await console.checkAppearance('machine to machine applications');
    const audience = console.tenant.management.audience;
    const granted = async () => (await management.clientGrants.list({ client_id, audience })).data[0]?.scope;
    expect(await granted()).toEqual([]);
    await page.getByRole('button', { name: 'Update' }).click();
    await expect.poll(granted).toEqual(['read:roles', 'update:roles']);
    expect((await management.clients.get(client_id)).grant_types).toContain('client_credentials');

    // The panel is drawn again with what was saved.
    await expect.poll(() => page.getByLabel('Filter Permissions').inputValue()).toBe('');
    // By keyboard: close and open the panel, and clear all visible permissions.
    await page.getByRole('button', { name: 'Permissions of APEX' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'None' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('0 of').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText(/^2 of \d+ are selected/).waitFor();

    await page.getByRole('checkbox', { name: 'APEX: Authorized' }).click();
    await page.getByRole('button', { name: 'Remove authorisation' }).click();
    await expect.poll(granted).toBeUndefined();
  });

  it('create an API with permissions', async () => {
    const { page, management } = console;
    await console.open('apis');
    await page.getByRole('button', { name: 'Create API' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Orders');
    await page.getByLabel('Identifier').fill('https://orders.example/');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await page.getByRole('checkbox', { name: /Enable RBAC/ }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The API is saved.').waitFor();
    await console.checkAppearance('API');
    await page.getByRole('navigation', { name: 'Parts of the API' }).getByText('Permissions').click();
    await page.getByLabel('Permission', { exact: true }).fill('read:orders');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Remove read:orders' }).waitFor();
    await console.checkAppearance('permissions of an API');
    const api = (await management.resourceServers.list()).data.find(({ name }) => name === 'Orders');
    expect(api).toMatchObject({ enforce_policies: true, scopes: [{ value: 'read:orders' }] });
  });
});
