import type { CustomPasswordHash } from './imported-hash.ts';

const prefix = 'imported:';

/**
 * An imported hash as it is stored until the next login.
 *
 * @example
 * store.users.insert(user, storedImport({ algorithm: 'md5', hash: { value: '5f4d…', encoding: 'hex' } }));
 */
export function storedImport(custom: CustomPasswordHash): string {
  return `${prefix}${JSON.stringify(custom)}`;
}

/** Whether a stored hash was imported, and has not been replaced by one of our own since. */
export function isImported(stored: string): boolean {
  return stored.startsWith(prefix);
}

/** The hash that {@link storedImport} stored. */
export function readImport(stored: string): CustomPasswordHash {
  return JSON.parse(stored.slice(prefix.length));
}
