import { randomBytes, type webcrypto } from 'node:crypto';
// x509 needs this metadata before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { JsonObject } from '../../store/json-value.ts';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;
const YEAR = 365 * 24 * 60 * 60 * 1000;
const FIRST: readonly SigningKeyRecord['state'][] = ['current', 'next'];

/**
 * Generates keys for a tenant that has none: the current and the next one.
 *
 * @example
 * for (const key of await makeSigningKeys()) store.signingKeys.insert(key);
 */
export async function makeSigningKeys(): Promise<SigningKeyRecord[]> {
  return Promise.all(FIRST.map((state) => generateKey(state)));
}

/**
 * Generates a key with a certificate that it signs itself.
 *
 * @param name the certificate's common name
 * @example
 * const { kid, certificate } = await generateKey('next', 'my-connection');
 */
export async function generateKey(state: SigningKeyRecord['state'], name = 'localhost'): Promise<SigningKeyRecord> {
  const pair: webcrypto.CryptoKeyPair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = Date.now();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [name] }],
    keys: pair,
    signingAlgorithm: ALGORITHM,
    notBefore: new Date(now - 60_000),
    notAfter: new Date(now + 10 * YEAR),
  });
  const { kty, n, e, d, p, q, dp, dq, qi } = await crypto.subtle.exportKey('jwk', pair.privateKey);
  return {
    kid: randomBytes(16).toString('base64url'),
    private_jwk: { kty, n, e, d, p, q, dp, dq, qi } satisfies JsonObject,
    certificate: Buffer.from(certificate.rawData).toString('base64'),
    state,
    created_at: new Date(now).toISOString(),
  };
}
