import type { ProblemCode } from '../../problem/catalogue.ts';
import { Problem } from '../../problem/problem.ts';

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const byResultCode: Record<number, [ProblemCode, string]> = {
  5: ['busy', 'Another process holds the tenant’s data.'],
  6: ['busy', 'Another process holds the tenant’s data.'],
  8: ['unwritable', 'The tenant’s data cannot be written.'],
  10: ['failed', 'The tenant’s data could not be read or written: the disk reported an error.'],
  11: ['corrupt', 'The tenant’s data is damaged.'],
  13: ['disk_full', 'The disk is full.'],
  14: ['unwritable', 'The tenant’s data could not be opened.'],
  26: ['not_a_database', 'The file is not a SQLite database.'],
};

const SQLITE_CONSTRAINT_FOREIGNKEY = 787;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

/**
 * Converts an error of `node:sqlite` to a problem. The message never quotes the data.
 *
 * @example
 * try { statement.run() } catch (error) { throw storeProblem(error) }
 */
export function storeProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { code, errcode } = error as { code?: string; errcode?: number };
  if (code === 'ERR_INVALID_STATE') return new Problem('closed', 'The store is closed.', undefined, { cause: error });
  if (errcode === SQLITE_CONSTRAINT_UNIQUE || errcode === SQLITE_CONSTRAINT_PRIMARYKEY) {
    return new Problem('duplicate', 'A record with that name or id exists already.', undefined, { cause: error });
  }
  if (errcode === SQLITE_CONSTRAINT_FOREIGNKEY) {
    return new Problem('missing_reference', 'A record that it refers to does not exist.', undefined, { cause: error });
  }
  const entry = errcode === undefined ? undefined : byResultCode[errcode & 0xff];
  if (entry !== undefined) return new Problem(entry[0], entry[1], undefined, { cause: error });
  return new Problem('failed', 'The tenant’s data could not be read or written.', undefined, { cause: error });
}
