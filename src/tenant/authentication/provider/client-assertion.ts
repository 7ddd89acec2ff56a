import { createHash } from 'node:crypto';
import { errors } from 'oidc-provider';
import type { Store } from '../../store/store.ts';

const KIND = 'ClientAssertion';

/**
 * Accepts a client assertion once. The library checks and records the use in two steps, so a parallel request could come
 * in between. This function does it in one step.
 *
 * @param claims the claims of an assertion whose signature, issuer, audience and times are valid.
 * @throws an `invalid_client` error if the assertion was used before.
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
    // A minute longer than the assertion is valid, because clocks may differ.
    store.artifacts.upsert(KIND, id, {}, Math.ceil(exp) + 60);
  });
}

/**
 * The client id that an assertion claims. The assertion is not verified yet.
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
