/** The reason why the store failed. Codes are stable and can be tested for. */
export type StoreErrorCode =
  | 'foreign_file'
  | 'newer_schema'
  | 'not_a_database'
  | 'unwritable'
  | 'busy'
  | 'disk_full'
  | 'corrupt'
  | 'duplicate'
  | 'missing_reference'
  | 'closed'
  | 'asynchronous_transaction'
  | 'failed';

/** All errors that the store throws. The message never quotes the data. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** The same error, with the file's name in its message. */
  withFile(file: string): StoreError {
    return new StoreError(this.code, `${file}: ${this.message}`, { cause: this.cause });
  }
}

/** SQLite's primary result codes: https://www.sqlite.org/rescode.html */
const byResultCode: Record<number, [StoreErrorCode, string]> = {
  5: ['busy', 'Another process holds the tenant’s data. Stop it, or choose another data folder.'],
  6: ['busy', 'Another process holds the tenant’s data. Stop it, or choose another data folder.'],
  8: ['unwritable', 'The tenant’s data cannot be written. Give the file and its folder write permission.'],
  10: ['failed', 'The tenant’s data could not be read or written: the disk reported an error.'],
  11: ['corrupt', 'The tenant’s data is damaged. Put a backup in its place, or start with an empty data folder.'],
  13: ['disk_full', 'The disk is full. Free some space and try again.'],
  14: ['unwritable', 'The tenant’s data could not be opened. See that the folder exists and can be written.'],
  26: ['not_a_database', 'The file is no SQLite database. Choose another data folder.'],
};

const SQLITE_CONSTRAINT_FOREIGNKEY = 787;
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555;
const SQLITE_CONSTRAINT_UNIQUE = 2067;

/**
 * Converts an error of `node:sqlite` to a `StoreError`.
 *
 * @example
 * try { statement.run() } catch (error) { throw asStoreError(error) }
 */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { code, errcode } = error as { code?: string; errcode?: number };
  if (code === 'ERR_INVALID_STATE') return new StoreError('closed', 'The store is closed.', { cause: error });
  if (errcode === SQLITE_CONSTRAINT_UNIQUE || errcode === SQLITE_CONSTRAINT_PRIMARYKEY) {
    return new StoreError('duplicate', 'Something of that name exists.', { cause: error });
  }
  if (errcode === SQLITE_CONSTRAINT_FOREIGNKEY) {
    return new StoreError('missing_reference', 'What it refers to does not exist.', { cause: error });
  }
  const known = errcode === undefined ? undefined : byResultCode[errcode & 0xff];
  if (known !== undefined) return new StoreError(known[0], known[1], { cause: error });
  return new StoreError('failed', 'The tenant’s data could not be read or written.', { cause: error });
}
