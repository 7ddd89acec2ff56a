import { createHash } from 'node:crypto';
import type { TenantSnapshot } from './tenant-snapshot.ts';

/**
 * Returns the same digest for two snapshots exactly if they are equal, regardless of the order of their keys: a saved plan
 * has another order than a fresh one. Secrets are included as digests.
 *
 * @returns a SHA-256 digest as 64 hexadecimal digits
 * @example snapshotDigest(before) === snapshotDigest(after) // nothing has changed
 */
export function snapshotDigest(snapshot: TenantSnapshot): string {
  const machines = snapshot.machines.map(({ lock: _lock, added: _added, ...machine }) => machine);
  return createHash('sha256')
    .update(JSON.stringify({ ...snapshot, machines }, sortKeys))
    .digest('hex');
}

/** Sorts the keys of each object; a replacer for `JSON.stringify`. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
