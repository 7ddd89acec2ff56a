import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../../src/tenant/store/open-store.ts';
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
