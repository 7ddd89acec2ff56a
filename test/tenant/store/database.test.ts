import { expect, it } from 'vitest';
import { Database } from '../../../src/tenant/store/database.ts';

it('a statement that returns its row fails if its commit fails', () => {
  const database = new Database(':memory:');
  try {
    database.execute('CREATE TABLE parents (id INTEGER PRIMARY KEY)');
    database.execute(
      'CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED) STRICT',
    );
    database.execute('PRAGMA foreign_keys = ON');
    expect(() => database.first('INSERT INTO children (parent) VALUES (1) RETURNING parent')).toThrow();
    expect(database.count('SELECT count(*) AS count FROM children')).toBe(0);
  } finally {
    database.close();
  }
});
