import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../src/tenant/store/open-store.ts';

/** Size of the data that the measured requests use. Every user has ten roles, a thousandth of all roles in the large store. */
export interface FilledStore {
  readonly users: number;
  readonly roles: number;
}

const rolesPerUser = 10;

/**
 * Creates a data folder with a number of users, each with ten of a number of roles, as a tenant would store them.
 *
 * @example
 * fillStore('data/large', { users: 100_000, roles: 1000 }); // a million assignments
 */
export function fillStore(folder: string, { users, roles }: FilledStore): void {
  mkdirSync(folder, { mode: 0o700 });
  const store = openStore({ file: join(folder, 'tenant.sqlite') });
  store.transaction(() => {
    for (let number = 0; number < roles; number += 1) {
      store.roles.insert({ id: roleId(number), name: `Role ${number}`, description: `The role number ${number}` });
    }
    const members: string[][] = Array.from({ length: roles }, () => []);
    for (let number = 0; number < users; number += 1) {
      store.users.insert(user(number));
      // Spread out: neither the users of a role nor the roles of a user are stored next to each other.
      for (let turn = 0; turn < rolesPerUser; turn += 1) {
        members[(number * 7 + turn * Math.floor(roles / rolesPerUser)) % roles]?.push(userId(number));
      }
    }
    for (const [number, ids] of members.entries()) store.roles.assign(roleId(number), ids);
  });
  store.close();
}

export const roleId = (number: number) => `rol_${String(number).padStart(16, '0')}`;
export const userId = (number: number) => `auth0|${String(number).padStart(24, '0')}`;

function user(number: number) {
  const email = `user-${number}@example.com`;
  const at = new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString();
  return {
    user_id: userId(number),
    email,
    email_verified: true,
    name: email,
    nickname: `user-${number}`,
    picture: 'https://example.com/picture.png',
    user_metadata: {},
    app_metadata: {},
    identities: [
      {
        connection: 'Username-Password-Authentication',
        provider: 'auth0',
        user_id: userId(number).slice('auth0|'.length),
        isSocial: false,
      },
    ],
    created_at: at,
    updated_at: at,
    logins_count: 0,
  };
}
