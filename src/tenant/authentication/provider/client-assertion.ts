import { createHash } from 'node:crypto';
import { errors } from 'oidc-provider';
import type { Store } from '../../store/store.ts';

/** Algorithms that Auth0 takes for assertions of applications. */
export const ASSERTION_ALGORITHMS = ['RS256', 'RS384', 'PS256'] as const;

const KIND = 'ClientAssertion';

/**
 * Takes a client assertion once. The library looks for a used one and notes it in two steps, between which another
 * request may come; this is one step.
 *
 * @param claims of an assertion whose signature, issuer, audience and time have been found good.
 * @throws an `invalid_client` error where it was used before.
 * @example
 * assertJwtClientAuthClaimsAndHeader: async (_ctx, claims) => useAssertion(store, claims)
 * @see RFC 7523, section 3; Auth0 docs: "Authenticate with Private Key JWT".
 */
export function useAssertion(store: Store, claims: Readonly<Record<string, unknown>>): void {
  const { iss, jti, exp } = claims;
  if (typeof iss !== 'string' || typeof jti !== 'string' || typeof exp !== 'number') {
    throw new errors.InvalidClientAuth('the assertion lacks iss, jti or exp');
  }
  const id = createHash('sha256')
    .update(JSON.stringify([iss, jti]))
    .digest('base64url');
  store.transaction(() => {
    if (store.artifacts.find(KIND, id) !== undefined) {
      throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
    }
    // A little longer than it is good for: clocks may differ.
    store.artifacts.upsert(KIND, id, {}, Math.ceil(exp) + 60);
  });
}

/**
 * Whose assertion it claims to be. Nothing has been checked yet.
 *
 * @example
 * assertedClientId(form.get('client_assertion'));
 */
export function assertedClientId(assertion: string | null): string | undefined {
  const payload = assertion?.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { readonly sub?: unknown };
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}
