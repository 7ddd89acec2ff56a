import type { SigningKeyRecord } from './store/records/tokens/signing-key-repository.ts';

/** Keys that several tenants share. */
export interface TenantKeys {
  /** Keys that sign tokens, the current one first. */
  readonly signingKeys: readonly SigningKeyRecord[];
  /** Folder of the certificate authority. Clients trust it once for all tenants. */
  readonly certificateFolder: string;
}
