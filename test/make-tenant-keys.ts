import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeSigningKeys } from '../src/tenant/authentication/provider/make-signing-keys.ts';
import { serverCertificate } from '../src/tenant/server-certificate.ts';
import type { TenantKeys } from '../src/tenant/tenant-keys.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Keys for every tenant of a test that does not test keys. */
    readonly tenantKeys: TenantKeys;
  }
}

/** Creates the keys of the tests' tenants once: it takes a tenth of a second of a processor. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-test-keys-'));
  const [signingKeys] = await Promise.all([makeSigningKeys(), serverCertificate(folder)]);
  project.provide('tenantKeys', { signingKeys, certificateFolder: folder });
  return () => rm(folder, { recursive: true, force: true });
}
