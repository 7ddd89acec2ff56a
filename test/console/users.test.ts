import { describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';

const database = 'Username-Password-Authentication';
const hostile = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>';

describe('Users and roles in the console', () => {
  const console = consoleForEachTest();

  const person = (email: string, more: { name?: string; email_verified?: boolean } = {}) =>
    console.management.users.create({ connection: database, email, password: 'Correct-Horse-9', ...more });

  it('find users and page through them', async () => {
    for (let number = 0; number < 27; number += 1) await person(`person-${number}@example.com`);
    await person('una@elsewhere.example', { name: 'Una', email_verified: true });
    const { page } = console;
    await console.open('users');
    await page.getByText('1–25 of 28').waitFor();
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('26–28 of 28').waitFor();
    await console.checkAppearance('users');
    await console.picture('narrow', { narrow: true });

    await page.getByRole('searchbox').fill('una');
    await page.keyboard.press('Enter');
    await page.getByText('1–1 of 1').waitFor();
    await page.getByRole('searchbox').fill('email_verified:true AND email:*elsewhere.example');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Una' }).click();
    await page.getByRole('heading', { level: 1, name: 'Una' }).waitFor();
    await page.goBack();
    await page.getByRole('searchbox').fill('no-user-has-this-name');
    await page.keyboard.press('Enter');
    await page.getByText('No user matches').waitFor();
    await console.checkAppearance('users, none found');
  });

  it('create a user, change the metadata, block, unblock and delete the user', async () => {
    const { page, management } = console;
    await console.open('users');
    await page.getByRole('button', { name: 'Create User' }).click();
    await console.checkAppearance('new user');
    expect(await page.getByLabel('Connection').locator('option').allTextContents()).toEqual([database]);
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByLabel('Password').fill('weak');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('alert').getByText('Password is too weak').waitFor();
    await page.getByLabel('Password').fill('Correct-Horse-9');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'ada@example.com' }).waitFor();
    const [ada] = await management.users.listUsersByEmail({ email: 'ada@example.com' });
    const id = ada?.user_id ?? '';

    await page.getByLabel('app_metadata').fill('{"plan": ');
    await page.getByRole('button', { name: 'Save metadata' }).click();
    await page.getByRole('alert').getByText('app_metadata is not JSON').waitFor();
    await console.checkAppearance('user');
    // Text that is typed before the form is read again stays.
    const address = `**/api/v2/users/${encodeURIComponent(id)}`;
    const typed = Promise.withResolvers<void>();
    await page.route(address, async (route) => {
      if (route.request().method() === 'GET') await typed.promise;
      await route.continue();
    });
    await page.getByLabel('app_metadata').fill('{"plan": "gold", "seats": 3}');
    await page.getByRole('button', { name: 'Save metadata' }).click();
    await page.getByText('The metadata is saved.').waitFor();
    await page.getByLabel('app_metadata').fill('{"plan": "gold"}');
    const reread = page.waitForResponse(
      (response) => response.request().method() === 'GET' && response.url().includes('/api/v2/users/'),
    );
    typed.resolve();
    await (await reread).finished();
    expect(await page.getByLabel('app_metadata').inputValue()).toBe('{"plan": "gold"}');
    await page.getByRole('button', { name: 'Save metadata' }).click();
    await expect.poll(async () => (await management.users.get(id)).app_metadata).toEqual({ plan: 'gold' });
    await page.unroute(address);

    await page.getByRole('button', { name: 'Block' }).click();
    await page.getByRole('button', { name: 'Block user' }).click();
    await expect.poll(async () => (await management.users.get(id)).blocked).toBe(true);
    await page.getByRole('button', { name: 'Unblock' }).click();
    await expect.poll(async () => (await management.users.get(id)).blocked).toBe(false);

    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('This cannot be undone.').waitFor();
    await page.keyboard.press('Escape');
    expect((await management.users.get(id)).user_id).toBe(id);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete user' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    expect(await management.users.listUsersByEmail({ email: 'ada@example.com' })).toEqual([]);
  });

  it('assign a role to a user, remove it, and list the users of the role', async () => {
    const { page, management } = console;
    await person('una@elsewhere.example');
    await console.open('roles');
    await page.getByText('There are no roles yet.').waitFor();
    await console.checkAppearance('no roles');
    await page.getByRole('button', { name: 'Create Role' }).click();
    await page.getByLabel('Name', { exact: true }).fill('APEX User');
    await page.getByLabel('Description').fill('Every user who signs in');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'APEX User' }).waitFor();
    const [role] = (await management.roles.list()).data;
    await page.getByRole('button', { name: 'Copy role id' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(role?.id);
    await console.checkAppearance('role');

    await console.open('users');
    await page.getByRole('link', { name: 'una@elsewhere.example' }).click();
    await page.getByRole('navigation', { name: 'Parts of the user' }).getByText('Roles').click();
    await page.getByText('This user holds no roles.').waitFor();
    await page.getByRole('button', { name: 'Assign Roles' }).click();
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('alert').getByText('Select at least one role.').waitFor();
    await page.getByRole('checkbox', { name: 'APEX User' }).check();
    await console.checkAppearance('assign roles');
    await page.getByRole('button', { name: 'Assign', exact: true }).click();
    await page.getByRole('link', { name: 'APEX User' }).waitFor();
    await console.checkAppearance('roles of a user');
    await page.getByRole('link', { name: 'APEX User' }).click();
    await page.getByRole('navigation', { name: 'Parts of the role' }).getByText('Users').click();
    await page.getByRole('link', { name: 'una@elsewhere.example' }).waitFor();
    await console.checkAppearance('members');
    await page.getByRole('button', { name: 'Remove una@elsewhere.example' }).click();
    await page.getByRole('button', { name: 'Remove user' }).click();
    await page.getByText('No user holds this role.').waitFor();
    expect((await management.roles.users.list(role?.id ?? '')).data).toEqual([]);

    await page.getByRole('button', { name: 'Add Users' }).click();
    await page.getByLabel('Beginning of a name or an address').fill('una');
    await page.getByRole('checkbox', { name: 'una@elsewhere.example' }).check();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('link', { name: 'una@elsewhere.example' }).waitFor();

    await page.getByRole('navigation', { name: 'Parts of the role' }).getByText('Permissions').click();
    await page.getByRole('button', { name: 'Add Permissions' }).click();
    await page.getByRole('checkbox', { name: 'read:roles', exact: true }).check();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Remove read:roles' }).waitFor();
    await console.checkAppearance('permissions of a role');
    const held = (await management.roles.permissions.list(role?.id ?? '')).data;
    expect(held.map(({ permission_name }) => permission_name)).toEqual(['read:roles']);
  });

  it('show HTML in names as text', async () => {
    const { page, management } = console;
    const user = await person('mallory@example.com', { name: hostile });
    const role = await management.roles.create({ name: hostile, description: hostile });
    await management.users.roles.assign(user.user_id ?? '', { roles: [role.id ?? ''] });
    await console.open('users');
    await page.getByRole('link', { name: hostile }).click();
    await page.getByRole('heading', { level: 1, name: hostile }).waitFor();
    await page.getByRole('navigation', { name: 'Parts of the user' }).getByText('Roles').click();
    await page.getByRole('link', { name: hostile }).click();
    await page.getByRole('heading', { level: 1, name: hostile }).waitFor();
    expect(await page.title()).toBe(`${hostile} · Portcullis`);
    expect(await page.locator('img').count()).toBe(0);
  });
});
