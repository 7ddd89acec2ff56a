import { expect, test } from 'vitest';
import {
  hashAdministratorPassword,
  verifyPassword,
} from '../../../src/tenant/authentication/accounts/password-hash.ts';
import { setUpConsole } from '../../../src/tenant/console/console-account.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';

test('a start with a new password unblocks the administrator, whose password is hashed at 2^15', async () => {
  const store = openStore({ memory: true });
  const options = { consoleUrl: 'http://localhost:4001/console', hashPassword: hashAdministratorPassword };
  const first = await setUpConsole(store, options);
  const administrator = () => store.users.list({}, { page: 0, perPage: 10 }).rows[0]?.user_id ?? '';
  const id = administrator();
  for (let guess = 0; guess < 11; guess += 1) store.blocks.record(id, '127.0.0.1');
  expect(store.blocks.failures(id, '127.0.0.1')).toBeGreaterThanOrEqual(10);
  const second = await setUpConsole(store, options);
  expect(administrator()).toBe(id);
  expect(store.blocks.failures(id, '127.0.0.1')).toBeLessThan(10);
  const hash = store.users.passwordHash(id) ?? '';
  expect(hash).toMatch(/^\$scrypt\$ln=15,/);
  expect(await verifyPassword(second.password, hash)).toBe(true);
  expect(await verifyPassword(first.password, hash)).toBe(false);
  store.close();
});
