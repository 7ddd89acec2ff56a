import type Provider from 'oidc-provider';
import { type Account, type Claims, errors } from 'oidc-provider';
import type { JsonValue } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { loginProgress } from '../authorize/login-progress.ts';
import { notAMember, organizationClaims } from '../authorize/organizations/organization.ts';
import type { OidcContext } from '../http/web-context.ts';
import type { LoginGrants } from '../tokens/login-grants.ts';
import { profileClaims } from '../tokens/profile-claims.ts';

/** Claims without a scope, which must bypass the library's filter of claims. */
const CUSTOM = Symbol('custom claims');

type CustomClaims = Readonly<Record<string, JsonValue>>;

/**
 * A user in the form of the library's account.
 *
 * @returns nothing if the user does not exist.
 * @throws an `unauthorized` error if tokens are requested for a blocked user.
 * @example
 * new Provider(issuer, { findAccount: async (ctx, subject) => tenantAccount(store, grants, ctx, subject) });
 */
export function tenantAccount(
  store: Store,
  grants: LoginGrants,
  ctx: OidcContext,
  subject: string,
): Account | undefined {
  const user = store.users.find(subject);
  if (user === undefined) return undefined;
  if (ctx.oidc.route === 'token') {
    loginProgress(ctx).user = user;
    if (user.blocked === true) throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
    const organizationId = grants.find(ctx.oidc.grant?.jti)?.organizationId;
    if (organizationId !== undefined && !store.organizations.isMember(organizationId, user.user_id)) {
      throw notAMember(user.user_id, organizationId);
    }
  }
  return {
    accountId: user.user_id,
    claims: () => {
      const login = grants.find(ctx.oidc.grant?.jti);
      const custom: CustomClaims = {
        ...login?.idTokenClaims,
        ...organizationClaims(store, login?.organizationId),
        // Auth0 docs: "Configure Step-up Authentication for Web Apps".
        ...(login?.factors !== undefined && login.factors.length > 0 && { amr: ['mfa'] }),
      };
      return { sub: user.user_id, ...profileClaims(user), [CUSTOM]: custom };
    },
  };
}

/**
 * Makes the library put the Actions' claims into ID tokens. By itself the library supports only claims that a scope or
 * its configuration names. If an Action sets a standard claim, the Action's value wins.
 *
 * @example
 * installCustomClaims(provider);
 */
export function installCustomClaims(provider: Provider): void {
  const LibraryClaims = provider.Claims;

  class ClaimsWithCustom extends LibraryClaims {
    override async result(): Promise<Record<string, unknown>> {
      const { available } = this as unknown as { readonly available: { readonly [CUSTOM]?: CustomClaims } };
      const { sub, ...claims } = await super.result();
      return { ...claims, ...available[CUSTOM], ...(sub === undefined ? {} : { sub }) };
    }
  }

  Object.defineProperty(provider, 'Claims', { value: ClaimsWithCustom satisfies typeof Claims });
}
