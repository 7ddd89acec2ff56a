import { describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';

describe('a list of the console', () => {
  const console = consoleForEachTest();

  it('goes to its last page when the current page no longer exists', async () => {
    const { management, page } = console;
    const { id = '' } = await management.roles.create({ name: 'Many' });
    const users = await Promise.all(
      Array.from({ length: 26 }, async (_, number) => {
        const email = `user-${number}@elsewhere.example`;
        const connection = 'Username-Password-Authentication';
        return (await management.users.create({ connection, email, password: 'Correct-Horse-9' })).user_id ?? '';
      }),
    );
    await management.roles.users.assign(id, { users });
    await console.open(`roles/${id}/users`);
    await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('26–26 of 26').waitFor();
    await page.getByRole('button', { name: /^Remove / }).click();
    await page.getByRole('button', { name: 'Remove user', exact: true }).click();
    await page.getByText('1–25 of 25').waitFor();
    expect(await page.getByRole('row').count()).toBe(26);
    // A link from a time when the list was longer.
    for (const path of ['users?page=9', 'users?page=999', 'logs?page=9']) {
      await console.load(path);
      await page.getByText(/^26–\d\d of \d\d$/).waitFor();
      expect(new URL(page.url()).searchParams.get('page')).toBe('2');
    }
  });
});
