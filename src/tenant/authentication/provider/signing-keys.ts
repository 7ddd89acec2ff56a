import { createHash, randomBytes, type webcrypto } from 'node:crypto';
// x509 needs this metadata before it is loaded.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import type { JsonObject } from '../../store/json-value.ts';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';
import type { Store } from '../../store/store.ts';

const ALGORITHM = {
  name: 'RSASSA-PKCS1-v1_5',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: 'SHA-256',
} as const;
const YEAR = 365 * 24 * 60 * 60 * 1000;
const FIRST: readonly SigningKeyRecord['state'][] = ['current', 'next'];

/** A member of the tenant's key set, as Auth0 publishes it. */
export interface PublicSigningKey {
  readonly kty: 'RSA';
  readonly use: 'sig';
  readonly n: string;
  readonly e: string;
  readonly kid: string;
  readonly x5t: string;
  readonly x5c: readonly [string];
  readonly alg: 'RS256';
}

/** The running key generation of each store, shared by all domains of the tenant. */
const running = new WeakMap<Store, Promise<SigningKeyRecord[]>>();

/**
 * The tenant's signing keys, the current one first. If the tenant has none, creates the current and the next one.
 *
 * @example
 * const [current] = await signingKeys(store);
 * @see Auth0 docs: "Signing Keys".
 */
export async function signingKeys(store: Store): Promise<SigningKeyRecord[]> {
  const stored = store.signingKeys.list();
  if (stored.some((key) => key.state === 'current')) return inOrder(stored);
  const generation = running.get(store) ?? generateKeys(store).finally(() => running.delete(store));
  running.set(store, generation);
  return generation;
}

/**
 * The key set at `/.well-known/jwks.json`, each key with its certificate.
 *
 * @example
 * const { keys } = publicKeySet(await signingKeys(store));
 * @see RFC 7517, sections 4.7 and 4.8.
 */
export function publicKeySet(keys: readonly SigningKeyRecord[]): { readonly keys: readonly PublicSigningKey[] } {
  return {
    keys: keys.map((key) => ({
      kty: 'RSA',
      use: 'sig',
      n: String(key.private_jwk.n),
      e: String(key.private_jwk.e),
      kid: key.kid,
      x5t: createHash('sha1').update(Buffer.from(key.certificate, 'base64')).digest('base64url'),
      x5c: [key.certificate],
      alg: 'RS256',
    })),
  };
}

/**
 * Generates keys for a tenant that has none: the current and the next one.
 *
 * @example
 * for (const key of await makeSigningKeys()) store.signingKeys.insert(key);
 */
export async function makeSigningKeys(): Promise<SigningKeyRecord[]> {
  return Promise.all(FIRST.map((state) => generateKey(state)));
}

async function generateKeys(store: Store): Promise<SigningKeyRecord[]> {
  const created = await makeSigningKeys();
  return store.transaction(() => {
    // Another process may have created keys in the meantime.
    const stored = store.signingKeys.list();
    if (stored.some((key) => key.state === 'current')) return inOrder(stored);
    for (const key of created) store.signingKeys.insert(key);
    return created;
  });
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

function inOrder(keys: readonly SigningKeyRecord[]): SigningKeyRecord[] {
  const rank = { current: 0, next: 1, previous: 2 };
  return [...keys].sort((a, b) => rank[a.state] - rank[b.state]);
}
