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
 * Makes the keys of a tenant beforehand. Each tenant makes keys of its own unless it is given some, and that takes longer than the rest of
 * its start: a program that starts many tenants makes them once.
 *
 * @param certificateFolder folder for the certificate authority; made if it does not exist. An authority that is there is used.
 * @returns keys for the option `keys` of `startTenant`
 * @throws what the file system throws if the folder cannot be read or written
 * @example
 * const keys = await makeTenantKeys('/tmp/certificates');
 * const tenants = await Promise.all([1, 2].map(() => startTenant({ port: 0, loopbackPort: 0, keys })));
 */
export async function makeTenantKeys(certificateFolder: string): Promise<TenantKeys> {
  const [signingKeys] = await Promise.all([makeSigningKeys(), issueServerCertificate(certificateFolder)]);
  return { signingKeys, certificateFolder };
}
