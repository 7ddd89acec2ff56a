import type Provider from 'oidc-provider';
import { errors, type TokenEndpointGrantContext } from 'oidc-provider';
import { walkLogin } from '../authorize/login-pipeline.ts';
import { loginProgress, userLogin } from '../authorize/login-progress.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { suspendForFactor } from './mfa-tokens.ts';

const REALM_GRANT = 'http://auth0.com/oauth/grant-type/password-realm';

interface PasswordParameters {
  readonly username?: string;
  readonly password?: string;
  readonly scope?: string;
  readonly resource?: string;
  readonly realm?: string;
}

type Context = TokenEndpointGrantContext<PasswordParameters>;

/**
 * Registers Auth0's password grants, with and without a realm. The post-login Actions run. There is no browser session.
 *
 * @example
 * installPasswordGrant(provider);
 * @see Auth0 docs: "Resource Owner Password Flow"; RFC 6749, section 4.3.
 */
export function installPasswordGrant(provider: Provider): void {
  const parameters = ['username', 'password', 'scope', 'audience', 'resource'];
  provider.registerGrantType<PasswordParameters>('password', exchangePassword, parameters);
  provider.registerGrantType<PasswordParameters>(REALM_GRANT, exchangePassword, [...parameters, 'realm']);
}

async function exchangePassword(ctx: Context): Promise<void> {
  const { params } = ctx.oidc;
  for (const name of ['username', 'password', ...(params.grant_type === REALM_GRANT ? ['realm'] : [])] as const) {
    if (typeof params[name] !== 'string' || params[name] === '') {
      throw new errors.InvalidRequest(`missing required parameter '${name}'`);
    }
  }
  const login = loginProgress(ctx);
  login.indicator = params.resource;
  login.requestedScopes = wordsOf(params.scope);
  await completePasswordLogin(ctx);
}

/**
 * Completes a password login, or continues one after a factor. Its tokens are the answer.
 *
 * @throws {MfaRequired} if the Actions require a factor
 */
export async function completePasswordLogin(ctx: Pick<Context, 'state'>): Promise<void> {
  const login = loginProgress(ctx);
  const suspension = await walkLogin(login, 'password');
  if (suspension === undefined) return;
  if (suspension.waitsFor === 'sign-in' || suspension.waitsFor === 'organization') {
    throw new Error('A password login has no pages.');
  }
  const { tenant, user, client, connection, authTime = 0, indicator, requestedScopes, scopes } = userLogin(login);
  throw suspendForFactor(tenant.store, {
    ...suspension,
    accountId: user.user_id,
    clientId: client.client_id,
    connectionId: connection.id,
    authTime,
    lastPasswordReset: user.last_password_reset,
    indicator,
    requestedScopes,
    scopes,
  });
}
