import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/tenant/store/open-store.ts';
import { version1 } from '../../../src/tenant/store/schema/version-1.ts';
import { version2 } from '../../../src/tenant/store/schema/version-2.ts';
import { version3 } from '../../../src/tenant/store/schema/version-3.ts';
import { version4 } from '../../../src/tenant/store/schema/version-4.ts';
import { version5 } from '../../../src/tenant/store/schema/version-5.ts';
import { version6 } from '../../../src/tenant/store/schema/version-6.ts';
import { version7 } from '../../../src/tenant/store/schema/version-7.ts';
import { version8 } from '../../../src/tenant/store/schema/version-8.ts';
import { clientNamed, userNumber } from './records-to-store.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portcullis-store-'));
  file = join(folder, 'tenant.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a data file', () => {
  it('keeps its records when it is opened again', () => {
    const first = openStore({ file });
    first.users.insert(userNumber(1), 'hash');
    first.settings.set('colour', { name: 'blue' });
    first.close();

    const second = openStore({ file });
    expect(second.users.find('auth0|1')).toEqual(userNumber(1));
    expect(second.users.passwordHash('auth0|1')).toBe('hash');
    expect(second.settings.get('colour')).toEqual({ name: 'blue' });
    second.close();
  });

  it('can be read only by its owner, including its journal', () => {
    const store = openStore({ file });
    store.settings.set('a', 1);
    for (const path of [file, `${file}-wal`]) expect(statSync(path).mode & 0o777).toBe(0o600);
    store.close();
  });

  it('is closed to other users even if it was open before', () => {
    writeFileSync(file, '', { mode: 0o644 });
    openStore({ file }).close();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is refused and left unchanged if it is another program’s database', () => {
    const foreign = new DatabaseSync(file);
    foreign.exec('CREATE TABLE theirs (a)');
    foreign.close();
    const before = readFileSync(file);
    expect(() => openStore({ file })).toThrow(expect.objectContaining({ name: 'Problem', code: 'foreign_file' }));
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('of schema 8 keeps its log, and new entries name their login', () => {
    openStore({ file }).close();
    const current = new DatabaseSync(file);
    const { application_id } = current.prepare('PRAGMA application_id').get() as { application_id: number };
    current.close();
    rmSync(file);

    const earlier = new DatabaseSync(file);
    for (const sql of [version1, version2, version3, version4, version5, version6, version7, version8])
      earlier.exec(sql);
    earlier.exec(`PRAGMA application_id = ${application_id}; PRAGMA user_version = 8`);
    const old = { log_id: '1', date: '2026-01-01T00:00:00.000Z', type: 's', description: '', user_id: 'auth0|1' };
    const insert = earlier.prepare('INSERT INTO logs (log_id, type, user_id, record) VALUES (?, ?, ?, ?)');
    insert.run(old.log_id, old.type, old.user_id, JSON.stringify(old));
    earlier.close();

    const store = openStore({ file });
    const page = { page: 0, perPage: 10 };
    store.logs.insert({ ...old, log_id: '2', login: 'login-1' });
    expect(
      store.logs
        .list({}, page)
        .rows.map(({ log_id }) => log_id)
        .sort(),
    ).toEqual(['1', '2']);
    expect(store.logs.list({ userId: 'auth0|1' }, page).rows).toContainEqual(old);
    expect(store.logs.list({ login: 'login-1' }, page).rows.map(({ log_id }) => log_id)).toEqual(['2']);
    store.close();
    const migrated = new DatabaseSync(file);
    expect(migrated.prepare("SELECT name FROM sqlite_schema WHERE name = 'logs_by_login'").get()).toBeDefined();
    migrated.close();
  });

  it('is refused if a later version created it', () => {
    openStore({ file }).close();
    const later = new DatabaseSync(file);
    later.exec('PRAGMA user_version = 999');
    later.close();
    expect(() => openStore({ file })).toThrow(expect.objectContaining({ code: 'newer_schema' }));
  });

  it('is refused and left unchanged if it is not a database', () => {
    const text = 'this is a letter, not a database; it is long enough to be looked at as one.'.repeat(20);
    writeFileSync(file, text);
    expect(() => openStore({ file })).toThrow(expect.objectContaining({ code: 'not_a_database' }));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is refused if its folder does not exist', () => {
    expect(() => openStore({ file: join(folder, 'nowhere', 'tenant.sqlite') })).toThrow(
      expect.objectContaining({ code: 'unwritable' }),
    );
  });
});

describe('a transaction', () => {
  const inMemory = () => openStore({ memory: true });

  it('stores nothing if it fails', () => {
    const store = inMemory();
    expect(() =>
      store.transaction(() => {
        store.clients.insert(clientNamed('a'));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(store.clients.find('a')).toBeUndefined();
  });

  it('undoes an inner one if the outer one fails', () => {
    const store = inMemory();
    expect(() =>
      store.transaction(() => {
        store.transaction(() => store.clients.insert(clientNamed('a')));
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(store.clients.find('a')).toBeUndefined();
  });

  it('undoes a failed inner one completely if the outer one continues', () => {
    const store = inMemory();
    store.transaction(() => {
      store.clients.insert(clientNamed('outer'));
      expect(() =>
        store.transaction(() => {
          store.clients.insert(clientNamed('inner'));
          throw new Error('no');
        }),
      ).toThrow('no');
    });
    expect(store.clients.find('outer')).toBeDefined();
    expect(store.clients.find('inner')).toBeUndefined();
  });

  it('refuses to wait, since other requests would write into it', () => {
    const store = inMemory();
    expect(() =>
      store.transaction(async () => {
        store.clients.insert(clientNamed('a'));
      }),
    ).toThrow(expect.objectContaining({ code: 'asynchronous_transaction' }));
    expect(store.clients.find('a')).toBeUndefined();
  });
});

describe('a store', () => {
  it('reports that it is closed', () => {
    const store = openStore({ memory: true });
    store.close();
    store.close();
    expect(() => store.users.find('auth0|1')).toThrow(expect.objectContaining({ code: 'closed' }));
  });

  it('refuses a duplicate id and a missing reference, without quoting them', () => {
    const store = openStore({ memory: true });
    store.clients.insert(clientNamed('a'));
    expect(() => store.clients.insert(clientNamed('a'))).toThrow(expect.objectContaining({ code: 'duplicate' }));
    const grant = {
      id: 'g',
      client_id: 'hunter2',
      audience: 'x',
      scope: [],
      subject_type: 'client' as const,
      other: {},
    };
    expect(() => store.clientGrants.insert(grant)).toThrow(
      expect.objectContaining({ code: 'missing_reference', message: expect.not.stringContaining('hunter2') }),
    );
  });
});
