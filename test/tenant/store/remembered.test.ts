import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import type { Store } from '../../../src/tenant/store/store.ts';
import { apiRecord, clientRecord, userRecord } from '../authentication/running-tenant.ts';

/** `REMEMBERED_CASES=1000 npx vitest run test/tenant/store/remembered.test.ts` runs more. */
const CASES = Number(process.env.REMEMBERED_CASES ?? 100);

/** Few keys, so that writes meet each other. */
const id = fc.constantFrom('1', '2');
const text = fc.constantFrom('a', 'b', 'c');
const kind = fc.constantFrom('Session', 'Grant', 'SessionLimits', 'SessionDevice');
/** Seconds from now; some records are expired from the beginning. */
const lifetime = fc.constantFrom(undefined, -5, 1000);

type Write = (store: Store) => unknown;

const user = (one: string, name: string) => userRecord({ user_id: `auth0|${one}`, email: `${one}@example.com`, name });
const connection = (one: string, name: string, clients: string[]) => ({
  id: `con_${one}`,
  name: `db-${one}`,
  strategy: 'auth0',
  display_name: name,
  options: {},
  enabled_clients: clients,
  realms: [],
  is_domain_connection: false,
  metadata: {},
  other: {},
});
const binding = (action: string, name: string) => {
  const at = '2026-12-01T00:00:00.000Z';
  return {
    id: `bin_${action}`,
    trigger_id: 'post-login',
    action_id: action,
    display_name: name,
    created_at: at,
    updated_at: at,
  };
};
const action = (one: string, name: string) => ({
  id: one,
  name: `action ${one}`,
  supported_triggers: [],
  code: name,
  dependencies: [],
  runtime: 'node22',
  secrets: [],
  status: 'built' as const,
  build_errors: [],
  all_changes_deployed: true,
  created_at: '',
  updated_at: '',
});
const version = (one: string, number: number) => ({
  ...{ id: `v${one}${number}`, action_id: one, number, code: '', dependencies: [], runtime: 'node22', secrets: [] },
  ...{ supported_triggers: [], status: 'built' as const, created_at: '', updated_at: '' },
});
const method = (one: string, name: string) => {
  const at = '2026-12-01T00:00:00.000Z';
  return { id: `totp|${one}${name}`, user_id: `auth0|${one}`, type: 'totp' as const, created_at: at, details: {} };
};
const payload = (one: string, name: string): JsonObject => ({
  jti: one,
  ...(name === 'a' ? {} : { uid: `uid-${name}` }),
  ...(name === 'b' ? {} : { grantId: `grant-${name}` }),
  accountId: `auth0|${one}`,
  note: name,
});

/** Records of the OpenID Connect library are read and written most, in the most ways. */
const artifactWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(kind, id, text, lifetime).map(
    ([one, key, name, seconds]): Write =>
      ({ artifacts }) => {
        artifacts.upsert(one, key, payload(key, name), seconds === undefined ? undefined : Date.now() / 1000 + seconds);
      },
  ),
  fc.tuple(kind, id).map(
    ([one, key]): Write =>
      ({ artifacts }) =>
        artifacts.consume(one, key, Date.now() / 1000),
  ),
  fc.tuple(kind, id).map(
    ([one, key]): Write =>
      ({ artifacts }) =>
        artifacts.remove(one, key),
  ),
);

/** One write, through the repositories. A record that exists already is changed instead of inserted. */
const otherWrite: fc.Arbitrary<Write> = fc.oneof(
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ clients }) => {
        const record = clientRecord({ client_id: one, name });
        return clients.find(one) === undefined ? clients.insert(record) : clients.update(record);
      },
  ),
  id.map(
    (one): Write =>
      ({ clients }) =>
        clients.remove(one),
  ),
  fc.tuple(id, text, fc.uniqueArray(id)).map(
    ([one, name, clients]): Write =>
      ({ connections }) => {
        const record = connection(one, name, clients);
        return connections.find(record.id) === undefined ? connections.insert(record) : connections.update(record);
      },
  ),
  id.map(
    (one): Write =>
      ({ connections }) =>
        connections.remove(`con_${one}`),
  ),
  fc.tuple(id, text).map(
    ([one, value]): Write =>
      ({ settings }) =>
        settings.set(one, { value }),
  ),
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ actions }) => {
        return actions.find(one) === undefined ? actions.insert(action(one, name)) : actions.update(action(one, name));
      },
  ),
  id.map(
    (one): Write =>
      ({ actions }) =>
        actions.remove(one),
  ),
  fc.tuple(id, fc.integer({ min: 1, max: 2 })).map(
    ([one, number]): Write =>
      ({ actions }) => {
        if (actions.find(one) === undefined || actions.findVersion(`v${one}${number}`) !== undefined) return;
        actions.insertVersion(version(one, number));
      },
  ),
  id.map(
    (one): Write =>
      ({ actions }) =>
        actions.removeVersion(`v${one}1`),
  ),
  fc.tuple(fc.uniqueArray(id), text).map(
    ([all, name]): Write =>
      (store) => {
        const existing = all.filter((one) => store.actions.find(one) !== undefined);
        store.bindings.replace(
          'post-login',
          existing.map((one) => binding(one, name)),
        );
      },
  ),
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ users }) => {
        return users.find(`auth0|${one}`) === undefined
          ? users.insert(user(one, name), name)
          : users.update(user(one, name));
      },
  ),
  id.map(
    (one): Write =>
      ({ users }) =>
        users.recordLogin(`auth0|${one}`, new Date().toISOString(), '127.0.0.1'),
  ),
  fc.tuple(id, text).map(
    ([one, hash]): Write =>
      ({ users }) =>
        users.setPasswordHash(`auth0|${one}`, hash),
  ),
  id.map(
    (one): Write =>
      ({ users }) =>
        users.remove(`auth0|${one}`),
  ),
  id.map(
    (one): Write =>
      ({ blocks }) =>
        blocks.record(`auth0|${one}`, '127.0.0.1'),
  ),
  id.map(
    (one): Write =>
      ({ blocks }) =>
        blocks.clear(`auth0|${one}`),
  ),
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ authenticationMethods, users }) => {
        const record = method(one, name);
        const exists = authenticationMethods.findById(record.id) !== undefined;
        if (!exists && users.find(record.user_id) !== undefined) authenticationMethods.insert(record);
      },
  ),
  id.map(
    (one): Write =>
      ({ authenticationMethods }) =>
        authenticationMethods.removeAll(`auth0|${one}`),
  ),
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ roles }) => {
        const record = { id: `rol_${one}`, name: `${name} ${one}`, description: '' };
        return roles.find(record.id) === undefined ? roles.insert(record) : roles.update(record);
      },
  ),
  id.map(
    (one): Write =>
      ({ roles }) =>
        roles.remove(`rol_${one}`),
  ),
  fc.tuple(id, id).map(
    ([one, other]): Write =>
      ({ roles }) =>
        roles.assign(`rol_${one}`, [`auth0|${other}`]),
  ),
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ resourceServers }) => {
        const record = apiRecord({ id: `rs_${one}`, identifier: `api-${one}`, name });
        return resourceServers.find(record.id) === undefined
          ? resourceServers.insert(record)
          : resourceServers.update(record);
      },
  ),
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ records }) =>
        records.put({ kind: 'note', parent: `users/auth0|${one}` }, one, { name }),
  ),
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ records }) =>
        records.put({ kind: 'note' }, one, { name }),
  ),
  id.map(
    (one): Write =>
      ({ records }) =>
        records.remove({ kind: 'note' }, one),
  ),
  id.map(
    (one): Write =>
      ({ resourceServers }) =>
        resourceServers.remove(`rs_${one}`),
  ),
  text.map(
    (name): Write =>
      ({ artifacts }) =>
        artifacts.removeByGrant(`grant-${name}`),
  ),
  id.map(
    (one): Write =>
      ({ artifacts }) =>
        artifacts.removeByAccount(`auth0|${one}`),
  ),
  fc.constant<Write>(({ artifacts }) => artifacts.removeExpired(Date.now() / 1000)),
  fc.tuple(id, text).map(
    ([one, name]): Write =>
      ({ executions }) => {
        const at = '2026-12-01T00:00:00.000Z';
        const record = {
          id: one,
          trigger_id: name,
          status: 'final' as const,
          results: [],
          created_at: at,
          updated_at: name,
        };
        return executions.find(one) === undefined ? executions.insert(record) : executions.update(record);
      },
  ),
);

const write = fc.oneof({ arbitrary: artifactWrite, weight: 1 }, { arbitrary: otherWrite, weight: 2 });

/** Reads everything that is remembered, by every key. */
function readAll(store: Store): unknown {
  const keys = ['1', '2'];
  return keys.map((one) => ({
    client: store.clients.find(one),
    connection: store.connections.find(`con_${one}`),
    named: store.connections.findByName(`db-${one}`),
    enabled: store.connections.listEnabledFor(one),
    setting: store.settings.get(one),
    action: store.actions.find(one),
    versions: [1, 2].map((number) => store.actions.findVersion(`v${one}${number}`)),
    bindings: store.bindings.list('post-login'),
    user: store.users.find(`auth0|${one}`),
    password: store.users.passwordHash(`auth0|${one}`),
    typed: store.users.findInConnection('Username-Password-Authentication', { email: `${one}@example.com` }),
    failures: store.blocks.failures(`auth0|${one}`, '127.0.0.1'),
    methods: store.authenticationMethods.list(`auth0|${one}`),
    roles: store.roles.listByUser(`auth0|${one}`).rows,
    api: store.resourceServers.findByIdentifier(`api-${one}`),
    record: store.records.find({ kind: 'note' }, one),
    owned: store.records.find({ kind: 'note', parent: `users/auth0|${one}` }, one),
    execution: store.executions.find(one),
    artifacts: ['Session', 'Grant', 'SessionLimits', 'SessionDevice'].map((name) => store.artifacts.find(name, one)),
    // Any record with the uid will do, so only whether there is one is compared.
    uids: ['a', 'b', 'c'].map((name) => store.artifacts.findByUid('Session', `uid-${name}`)?.uid),
  }));
}

class Undone extends Error {}

/** Undoes an empty transaction, which makes the store forget everything that it remembers. */
function forget(store: Store): Store {
  expect(() =>
    store.transaction(() => {
      throw new Undone();
    }),
  ).toThrow(Undone);
  return store;
}

describe('a remembered read', () => {
  let folder: string;
  let store: Store;
  let other: Store;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'remembered-'));
    const file = join(folder, 'tenant.sqlite');
    store = openStore({ file });
    other = openStore({ file });
  });
  afterAll(() => {
    store.close();
    other.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`equals what the store says, after any sequence of writes, some of them undone (${CASES} sequences)`, () => {
    const step = fc.record({
      writes: fc.array(write, { minLength: 1, maxLength: 3 }),
      /** In a transaction that is kept, in one that is undone, in an undone one within a kept one, or in none. */
      within: fc.constantFrom('none', 'none', 'kept', 'undone', 'inner'),
      readsFirst: fc.boolean(),
    });
    let writes = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        for (const one of steps) {
          const work = () => {
            for (const each of one.writes) {
              if (one.readsFirst) readAll(store);
              each(store);
              writes += 1;
            }
          };
          const undone = () => {
            work();
            // Values that are read before the transaction is undone must not be remembered.
            readAll(store);
            throw new Undone();
          };
          if (one.within === 'none') work();
          if (one.within === 'kept') store.transaction(work);
          if (one.within === 'undone') expect(() => store.transaction(undone)).toThrow(Undone);
          if (one.within === 'inner') {
            store.transaction(() => {
              work();
              expect(() => store.transaction(undone)).toThrow(Undone);
            });
          }
          const remembered = readAll(store);
          expect(remembered).toEqual(readAll(forget(other)));
          // A second reading comes from what is remembered alone.
          expect(readAll(store)).toEqual(remembered);
        }
      }),
      { numRuns: CASES },
    );
    expect(writes).toBeGreaterThan(CASES);
  });

  it('cannot be changed by its reader', () => {
    store.clients.remove('frozen');
    store.clients.insert(clientRecord({ client_id: 'frozen' }));
    const client = store.clients.find('frozen');
    expect(() => {
      if (client !== undefined) client.callbacks.push('https://attacker.example/');
    }).toThrow(TypeError);
    expect(store.clients.find('frozen')?.callbacks).toEqual(['http://localhost:9999/callback']);
  });
});
