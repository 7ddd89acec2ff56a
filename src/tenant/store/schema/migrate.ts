import { Problem } from '../../../problem/problem.ts';
import type { Database } from '../database.ts';
import { version1 } from './version-1.ts';
import { version2 } from './version-2.ts';
import { version3 } from './version-3.ts';
import { version4 } from './version-4.ts';
import { version5 } from './version-5.ts';
import { version6 } from './version-6.ts';
import { version7 } from './version-7.ts';
import { version8 } from './version-8.ts';
import { version9 } from './version-9.ts';

/** `PRAGMA application_id`: "Pcul" in ASCII. */
const applicationId = 0x5063_756c;

/** Entry n makes version n of the schema from version n - 1. Append new ones; never change one that was released. */
const migrations: readonly string[] = [
  version1,
  version2,
  version3,
  version4,
  version5,
  version6,
  version7,
  version8,
  version9,
];

/**
 * Brings a database to the current schema. Each step is all or nothing.
 *
 * @throws Problem `foreign_file` if the database belongs to another program, `newer_schema` if a later Portcullis created it
 */
export function migrate(database: Database): void {
  refuseForeign(database);
  const present = readPragma(database, 'user_version');
  if (present > migrations.length) {
    throw new Problem(
      'newer_schema',
      `The data was written by a later Portcullis (schema ${present}; this one knows ${migrations.length}).`,
    );
  }
  for (const [index, sql] of migrations.entries()) {
    if (index < present) continue;
    database.transaction(() => {
      // Another process may have migrated between the check above and the lock that this transaction holds.
      if (readPragma(database, 'user_version') > index) return;
      database.execute(sql);
      database.execute(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${index + 1}`);
    });
  }
}

function refuseForeign(database: Database): void {
  const found = readPragma(database, 'application_id');
  if (found === applicationId) return;
  const empty = database.count('SELECT count(*) AS count FROM sqlite_schema') === 0;
  if (found === 0 && empty && readPragma(database, 'user_version') === 0) return;
  throw new Problem('foreign_file', 'The database belongs to another program.');
}

function readPragma(database: Database, name: 'application_id' | 'user_version'): number {
  return Number(database.first(`PRAGMA ${name}`)?.[name] ?? 0);
}
