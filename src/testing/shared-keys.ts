import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSigningKeys } from '../tenant/authentication/provider/signing-keys.ts';
import { cacheFolder } from '../tenant/store/data-folder.ts';
import type { TenantKeys } from '../tenant/tenant-keys.ts';

type SigningKeys = TenantKeys['signingKeys'];

/** Keys are old after this many milliseconds: a certificate in them is valid for ten years. */
const OLD = 365 * 24 * 60 * 60 * 1000;

let reading: Promise<TenantKeys> | undefined;

/**
 * Keys that the test tenants of this user of the machine share: to make them takes longer than all else of a start. They are kept
 * in the user's cache folder. Without a folder that can be written, a tenant makes its own.
 *
 * @example
 * const keys = await sharedKeys(process.env);
 */
export function sharedKeys(environment: Readonly<Record<string, string | undefined>>): Promise<TenantKeys | undefined> {
  reading ??= readOrMake(cacheFolder('testing', environment));
  return reading.catch(() => undefined);
}

async function readOrMake(folder: string): Promise<TenantKeys> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'signing-keys.json');
  const stored = readKeys(file);
  if (stored !== undefined) return { signingKeys: stored, certificateFolder: folder };
  const generated = await makeSigningKeys();
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, JSON.stringify(generated), { mode: 0o600 });
  // Another process may have been faster: both files are whole, and either will do.
  renameSync(temporary, file);
  return { signingKeys: generated, certificateFolder: folder };
}

function readKeys(file: string): SigningKeys | undefined {
  try {
    const keys = JSON.parse(readFileSync(file, 'utf8')) as SigningKeys;
    const isUsable = keys.some(
      ({ state, created_at }) => state === 'current' && Date.parse(created_at) > Date.now() - OLD,
    );
    return isUsable ? keys : undefined;
  } catch {
    return undefined;
  }
}
