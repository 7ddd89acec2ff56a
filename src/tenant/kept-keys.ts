import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverCertificate } from './server-certificate.ts';
import { cacheFolder } from './store/data-folder.ts';
import type { TenantKeys } from './tenant-keys.ts';

type SigningKeys = TenantKeys['signingKeys'];

/** Keys are old after this many milliseconds: a certificate in them is valid for ten years. */
const OLD = 365 * 24 * 60 * 60 * 1000;

let reading: Promise<TenantKeys> | undefined;

/**
 * Keys that the tenants in memory of this user of the machine share: to make them takes longer than all else of a start, and a
 * certificate that stays the same is trusted once. They are kept in the user's cache folder. Without a folder that can be written,
 * a tenant makes its own.
 *
 * @example
 * const keys = await keptKeys(process.env);
 */
export function keptKeys(environment: Readonly<Record<string, string | undefined>>): Promise<TenantKeys | undefined> {
  reading ??= keysIn(cacheFolder('tenant', environment));
  return reading.catch(() => undefined);
}

/**
 * The signing keys and the certificate authority in a folder, created if they are missing or old. Test files run in several
 * processes at once: each that finds none makes its own beside, and the first to finish gives them their name. All of them then
 * use the same, and none ever reads half of two.
 *
 * @param parent created if it does not exist
 * @throws errors of the file system if the folder cannot be written
 * @example
 * const { certificateFolder } = await keysIn('/home/ada/.cache/portcullis/tenant');
 */
export async function keysIn(parent: string): Promise<TenantKeys> {
  const folder = join(parent, 'keys');
  const stored = readKeys(folder);
  if (stored !== undefined) return stored;
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const fresh = mkdtempSync(join(parent, 'making-'));
  try {
    const { makeSigningKeys } = await import('./authentication/provider/make-signing-keys.ts');
    const [signingKeys] = await Promise.all([makeSigningKeys(), serverCertificate(fresh)]);
    writeFileSync(join(fresh, 'signing-keys.json'), JSON.stringify(signingKeys), { mode: 0o600 });
    return readKeys(folder) ?? publish(fresh, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function publish(fresh: string, folder: string): TenantKeys {
  // Old keys go first: a folder does not take the name of another that has files.
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  const published = readKeys(folder);
  if (published === undefined) throw new Error('The keys of the tenants cannot be read back.');
  return published;
}

function readKeys(folder: string): TenantKeys | undefined {
  try {
    const signingKeys = JSON.parse(readFileSync(join(folder, 'signing-keys.json'), 'utf8')) as SigningKeys;
    const isUsable = signingKeys.some(
      ({ state, created_at }) => state === 'current' && Date.parse(created_at) > Date.now() - OLD,
    );
    return isUsable ? { signingKeys, certificateFolder: folder } : undefined;
  } catch {
    return undefined;
  }
}
