import type { JWTPayload } from 'jose';
import type Provider from 'oidc-provider';
import type { JsonValue } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { requestInfo } from '../authorize/login-progress.ts';
import { organizationClaims } from '../authorize/organizations/organization.ts';
import type { WebContext } from '../http/web-context.ts';
import type { LoginGrants } from './login-grants.ts';
import { claimsForScopes } from './profile-claims.ts';

export interface UserinfoDependencies {
  readonly store: Store;
  readonly provider: Provider;
  readonly grants: LoginGrants;
  /** The userinfo endpoints of the tenant's domains. */
  readonly audiences: () => readonly string[];
  readonly verify: (token: string, audience: readonly string[]) => Promise<JWTPayload>;
}

/**
 * Answers `/userinfo` with the claims of the token's scopes and those that the Actions set at that login. Accepts opaque
 * and signed tokens.
 *
 * @example
 * await answerUserinfo(deps, ctx);
 * @see Auth0 docs: "Get User Info" (Authentication API); RFC 6750, section 3.
 */
export async function answerUserinfo(deps: UserinfoDependencies, ctx: WebContext): Promise<void> {
  ctx.set('access-control-allow-origin', '*');
  ctx.set('access-control-allow-headers', 'authorization, content-type, auth0-client');
  ctx.set('access-control-expose-headers', 'www-authenticate');
  if (ctx.method === 'OPTIONS') {
    ctx.status = 204;
    return;
  }
  ctx.set('cache-control', 'no-store');
  const token = bearerToken(ctx);
  const claims = token === undefined ? undefined : await claimsOf(deps, token);
  if (claims !== undefined) {
    ctx.body = claims;
    return;
  }
  ctx.status = 401;
  ctx.set(
    'www-authenticate',
    token === undefined
      ? 'Bearer realm="Users"'
      : 'Bearer realm="Users", error="invalid_token", error_description="The access token is invalid or has expired"',
  );
  ctx.body = { error: 'invalid_token', error_description: 'The access token is invalid or has expired' };
}

function bearerToken(ctx: WebContext): string | undefined {
  const header = ctx.get('authorization');
  if (header !== '') return /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(header)?.[1];
  const { form, query } = requestInfo(ctx);
  // passport-auth0 sends the token in the query (RFC 6750, section 2.3).
  return form.get('access_token') ?? query.access_token;
}

async function claimsOf(deps: UserinfoDependencies, token: string): Promise<Record<string, JsonValue> | undefined> {
  const access = token.split('.').length === 3 ? await signedAccess(deps, token) : await opaqueAccess(deps, token);
  if (access === undefined || !access.scopes.includes('openid')) return undefined;
  const user = deps.store.users.find(access.subject);
  const client = deps.store.clients.find(access.clientId);
  const login = deps.grants.find(access.grantId);
  if (user === undefined || user.blocked === true || client === undefined || login === undefined) return undefined;
  if (login.organizationId !== undefined && !deps.store.organizations.isMember(login.organizationId, user.user_id)) {
    return undefined;
  }
  const organization = organizationClaims(deps.store, login.organizationId);
  return { sub: user.user_id, ...claimsForScopes(user, access.scopes), ...login.idTokenClaims, ...organization };
}

interface Access {
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly grantId: string;
}

async function opaqueAccess(deps: UserinfoDependencies, value: string): Promise<Access | undefined> {
  const token = await deps.provider.AccessToken.find(value);
  if (token === undefined || token.clientId === undefined) return undefined;
  return {
    subject: token.accountId,
    clientId: token.clientId,
    scopes: [...token.scopes],
    grantId: token.grantId,
  };
}

async function signedAccess(deps: UserinfoDependencies, token: string): Promise<Access | undefined> {
  const payload = await deps.verify(token, deps.audiences()).catch(() => undefined);
  const grantId = deps.grants.grantOfToken(token);
  if (payload === undefined || grantId === undefined) return undefined;
  return {
    subject: payload.sub ?? '',
    clientId: String(payload.azp ?? payload.client_id ?? ''),
    scopes: String(payload.scope ?? '').split(' '),
    grantId,
  };
}
