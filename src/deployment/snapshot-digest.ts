import { createHash } from 'node:crypto';
import type { TenantSnapshot } from './tenant-snapshot.ts';

/**
 * The same for two snapshots exactly if they say the same, whatever the order of their keys: a saved plan has them in
 * another order than a fresh one. Secrets count by their digests.
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

/** A replacer of `JSON.stringify`: the keys of each object in one order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
