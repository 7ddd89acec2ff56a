import { describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';

describe('a form of the console during changes made elsewhere', () => {
  const console = consoleForEachTest();

  const save = async (button: string, notice: string) => {
    await console.page.getByRole('button', { name: button, exact: true }).click();
    await console.page.getByText(notice).waitFor();
  };

  it('saves only its changed fields of an application, a role and an API', async () => {
    const { management, page } = console;
    const { client_id = '' } = await management.clients.create({ name: 'Orders', app_type: 'regular_web' });
    await console.open(`applications/${client_id}`);
    await page.getByLabel('Description').fill('Of the shop');
    await management.clients.update(client_id, { callbacks: ['https://theirs.example/'], name: 'Orders of theirs' });
    await save('Save Changes', 'The application is saved.');
    expect(await management.clients.get(client_id)).toMatchObject({
      name: 'Orders of theirs',
      description: 'Of the shop',
      callbacks: ['https://theirs.example/'],
    });
    // The form shows the other changes.
    await expect.poll(() => page.getByLabel('Allowed Callback URLs').inputValue()).toBe('https://theirs.example/');

    const { id: role = '' } = await management.roles.create({ name: 'ORG: here', description: 'before' });
    await console.open(`roles/${role}`);
    await page.getByLabel('Description').fill('mine');
    await management.roles.update(role, { name: 'ORG: theirs' });
    await save('Update', 'The role is saved.');
    expect((await management.roles.get(role)) as object).toMatchObject({ name: 'ORG: theirs', description: 'mine' });

    const { id: api = '' } = await management.resourceServers.create({ identifier: 'urn:orders', name: 'Orders' });
    await console.open(`apis/${api}`);
    await page.getByLabel('Name', { exact: true }).fill('Orders of mine');
    await management.resourceServers.update(api, { token_lifetime: 1234, enforce_policies: true });
    await save('Save', 'The API is saved.');
    expect(await management.resourceServers.get(api)).toMatchObject({
      name: 'Orders of mine',
      token_lifetime: 1234,
      enforce_policies: true,
    });
  });

  it('adds and removes single permissions', async () => {
    const { management, page } = console;
    const scopes = [{ value: 'read:orders' }];
    const { id = '' } = await management.resourceServers.create({ identifier: 'urn:orders', name: 'Orders', scopes });
    const names = async () => (await management.resourceServers.get(id)).scopes?.map(({ value }) => value).sort();
    await console.open(`apis/${id}/permissions`);
    await page.getByRole('button', { name: 'Remove read:orders' }).waitFor();
    await management.resourceServers.update(id, { scopes: [...scopes, { value: 'theirs:first' }] });
    await page.getByLabel('Permission', { exact: true }).fill('mine:orders');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Remove mine:orders' }).waitFor();
    expect(await names()).toEqual(['mine:orders', 'read:orders', 'theirs:first']);
    const all = (await management.resourceServers.get(id)).scopes ?? [];
    await management.resourceServers.update(id, { scopes: [...all, { value: 'theirs:second' }] });
    await page.getByRole('button', { name: 'Remove read:orders' }).click();
    await page.getByRole('button', { name: 'Remove read:orders' }).waitFor({ state: 'hidden' });
    expect(await names()).toEqual(['mine:orders', 'theirs:first', 'theirs:second']);
  });

  it('saves changed and removed members of the metadata only', async () => {
    const { management, page } = console;
    const { user_id = '' } = await management.users.create({
      connection: 'Username-Password-Authentication',
      email: 'una@elsewhere.example',
      password: 'Correct-Horse-9',
      user_metadata: { colour: 'red', size: 1 },
      app_metadata: { plan: 'gold' },
    });
    await console.open(`users/${encodeURIComponent(user_id)}`);
    await page.getByLabel('user_metadata').fill('{"colour": "blue"}');
    await management.users.update(user_id, { app_metadata: { plan: 'silver' }, user_metadata: { theirs: true } });
    await save('Save metadata', 'The metadata is saved.');
    const user = await management.users.get(user_id);
    expect(user.user_metadata).toEqual({ colour: 'blue', theirs: true });
    expect(user.app_metadata).toEqual({ plan: 'silver' });
  });
});
