import { createHash } from 'node:crypto';
import type { SigningKeyRecord } from '../../store/records/tokens/signing-key-repository.ts';
import type { Store } from '../../store/store.ts';

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

async function generateKeys(store: Store): Promise<SigningKeyRecord[]> {
  // Loaded only by a tenant without keys: what makes certificates takes long to load.
  const { makeSigningKeys } = await import('./make-signing-keys.ts');
  const created = await makeSigningKeys();
  return store.transaction(() => {
    // Another process may have created keys in the meantime.
    const stored = store.signingKeys.list();
    if (stored.some((key) => key.state === 'current')) return inOrder(stored);
    for (const key of created) store.signingKeys.insert(key);
    return created;
  });
}

function inOrder(keys: readonly SigningKeyRecord[]): SigningKeyRecord[] {
  const rank = { current: 0, next: 1, previous: 2 };
  return [...keys].sort((a, b) => rank[a.state] - rank[b.state]);
}
