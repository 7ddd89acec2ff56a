import { makeSigningKeys } from './authentication/provider/signing-keys.ts';
import { issueServerCertificate } from './certificate-authority.ts';
import type { SigningKeyRecord } from './store/records/tokens/signing-key-repository.ts';

/** Keys that several tenants share. */
export interface TenantKeys {
  /** Keys that sign tokens, the current one first. */
  readonly signingKeys: readonly SigningKeyRecord[];
  /** Folder of the certificate authority. Clients trust it once for all tenants. */
  readonly certificateFolder: string;
}

/**
 * Creates the keys of a tenant in advance. A tenant without shared keys creates its own, which takes longer than the rest of
 * its start: a program that starts many tenants creates them once.
 *
 * @param certificateFolder folder for the certificate authority; created if it does not exist. An existing authority is reused.
 * @returns keys for the option `keys` of `startTenant`
 * @throws errors of the file system if the folder cannot be read or written
 * @example
 * const keys = await makeTenantKeys('/tmp/certificates');
 * const tenants = await Promise.all([1, 2].map(() => startTenant({ port: 0, loopbackPort: 0, keys })));
 */
export async function makeTenantKeys(certificateFolder: string): Promise<TenantKeys> {
  const [signingKeys] = await Promise.all([makeSigningKeys(), issueServerCertificate(certificateFolder)]);
  return { signingKeys, certificateFolder };
}
