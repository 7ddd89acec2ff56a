import type { AccessToken, ClientCredentials, JWTStructured } from 'oidc-provider';
import type { Store } from '../../store/store.ts';
import { loginProgress } from '../authorize/login-progress.ts';
import { organizationClaims } from '../authorize/organizations/organization.ts';
import { wordsOf } from '../authorize/original-request.ts';
import type { OidcContext } from '../http/web-context.ts';
import { scopesForUser } from './api-audience.ts';
import type { LoginGrants } from './login-grants.ts';

/**
 * Gives a signed access token Auth0's members. In a user's token, `aud` also names the domain's userinfo endpoint if
 * `openid` was granted, and the Actions' claims are added. In a client credentials token, `sub` is `<client id>@clients`.
 *
 * @param issuer the domain, with its trailing slash.
 * @example
 * formats: { customizers: { jwt: accessTokenCustomizer(issuer, grants, store) } }
 * @see Auth0 docs: "Access Token Profiles".
 */
export function accessTokenCustomizer(issuer: string, grants: LoginGrants, store: Store) {
  return (ctx: OidcContext, token: AccessToken | ClientCredentials, parts: JWTStructured): void => {
    const { iss, sub, aud, iat, exp, jti, client_id } = parts.payload;
    const api = store.resourceServers.findByIdentifier(String(aud));
    const rfc9068 = api?.token_dialect.startsWith('rfc9068') === true;
    const showsPermissions = api?.enforce_policies === true && api.token_dialect.endsWith('_authz');
    const header = { typ: rfc9068 ? 'at+jwt' : 'JWT' };
    const identity = rfc9068 ? { jti, client_id } : { azp: client_id };
    if (token.kind === 'ClientCredentials') {
      parts.header = header;
      parts.payload = withoutUndefined({
        ...loginProgress(ctx).exchange?.claims,
        ...organizationClaims(store, loginProgress(ctx).organizationId),
        iss,
        sub: `${client_id}@clients`,
        aud,
        iat,
        exp,
        scope: token.scope,
        gty: 'client-credentials',
        ...identity,
        ...(showsPermissions ? { permissions: [...token.scopes] } : {}),
      });
      return;
    }
    const login = grants.find(token.grantId);
    const scopes = grantedTo(ctx, login?.scopes ?? []);
    parts.header = header;
    parts.payload = withoutUndefined({
      ...login?.accessTokenClaims,
      ...organizationClaims(store, login?.organizationId),
      iss,
      sub,
      aud: scopes.includes('openid') ? [aud, `${issuer}userinfo`] : aud,
      iat,
      exp,
      scope: scopes.length === 0 ? undefined : scopes.join(' '),
      ...(token.gty === 'password' ? { gty: 'password' } : {}),
      ...identity,
      ...(showsPermissions ? { permissions: scopesForUser(store, api, token.accountId) } : {}),
    });
  };
}

/** The login's scopes that this token gets. A refresh may request fewer. */
export function grantedTo(ctx: OidcContext, scopes: readonly string[]): string[] {
  const { params } = ctx.oidc;
  if (params?.grant_type !== 'refresh_token' || typeof params.scope !== 'string') return [...scopes];
  const requested = wordsOf(params.scope);
  return scopes.filter((scope) => requested.includes(scope));
}

function withoutUndefined(payload: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(payload).filter(([, value]) => value !== undefined));
}
