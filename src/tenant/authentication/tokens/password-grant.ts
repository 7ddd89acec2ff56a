import type Provider from 'oidc-provider';
import { errors, type TokenEndpointGrantContext } from 'oidc-provider';
import type { TenantLog } from '../../logs/tenant-log.ts';
import { type SignInRefusal, signInWithPassword, tooManyAttempts } from '../accounts/password-sign-in.ts';
import { outcomeOf } from '../authorize/browserless-outcome.ts';
import { newTransactionId } from '../authorize/login-transactions.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { loginProgress, requestInfo } from '../http/web-context.ts';
import { authenticationSettings } from '../provider/authentication-settings.ts';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { audienceOf, findApi, scopesForUser, scopesOnBehalf } from './api-audience.ts';
import {
  concludePasswordLogin,
  type PasswordLogin,
  type PasswordLoginDependencies,
  type PasswordStep,
  transactionOf,
} from './password-login.ts';
import { STANDARD_SCOPES } from './profile-claims.ts';

const REALM_GRANT = 'http://auth0.com/oauth/grant-type/password-realm';

export interface PasswordGrantDependencies extends PasswordLoginDependencies {
  readonly log: TenantLog;
  readonly issuer: string;
}

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
 * installPasswordGrant(provider, { store, log, trigger, grants });
 * @see Auth0 docs: "Resource Owner Password Flow"; RFC 6749, section 4.3.
 */
export function installPasswordGrant(provider: Provider, deps: PasswordGrantDependencies): void {
  const parameters = ['username', 'password', 'scope', 'audience', 'resource'];
  const handler = (ctx: Context) => exchangePassword(provider, deps, ctx);
  provider.registerGrantType<PasswordParameters>('password', handler, parameters);
  provider.registerGrantType<PasswordParameters>(REALM_GRANT, handler, [...parameters, 'realm']);
}

async function exchangePassword(provider: Provider, deps: PasswordGrantDependencies, ctx: Context): Promise<void> {
  const login = await signIn(deps, ctx);
  const known = new Set<string>([
    ...STANDARD_SCOPES,
    ...(login.api === undefined ? [] : scopesForUser(deps.store, login.api, login.user.user_id, login.apiScopes)),
  ]);
  const requestedScopes = wordsOf(ctx.oidc.params.scope);
  const mayStayOffline =
    login.client.grant_types.includes('refresh_token') && login.api?.allow_offline_access !== false;
  const scopes = requestedScopes.filter((scope) => known.has(scope) && (scope !== 'offline_access' || mayStayOffline));

  const step: PasswordStep = {
    login,
    transactionId: newTransactionId(),
    authTime: Math.floor(Date.now() / 1000),
    requestedScopes,
    scopes,
    passed: [],
  };
  await concludePasswordLogin(
    provider,
    deps,
    ctx,
    step,
    await outcomeOf(deps.trigger.run(transactionOf(deps, ctx, step))),
  );
}

async function signIn(deps: PasswordGrantDependencies, ctx: Context): Promise<PasswordLogin> {
  const { params } = ctx.oidc;
  const { store } = deps;
  for (const name of ['username', 'password', ...(params.grant_type === REALM_GRANT ? ['realm'] : [])] as const) {
    if (typeof params[name] !== 'string' || params[name] === '') {
      throw new errors.InvalidRequest(`missing required parameter '${name}'`);
    }
  }
  const facts = requestInfo(ctx);
  const progress = loginProgress(ctx);
  const client = clientRecordOf(ctx.oidc.client);
  // A password grant cannot be for an organization, so it is refused if the application requires or names one.
  if (client.other.organization_usage === 'require') {
    throw new errors.InvalidRequest('parameter organization is required for this client');
  }
  if (facts.form.has('organization')) {
    throw new errors.InvalidRequest('This tenant has no password grant for an organization.');
  }
  const indicator = params.resource;
  const api = indicator === undefined ? undefined : findApi(store, indicator);
  if (indicator !== undefined && api === undefined) {
    throw new errors.AccessDenied(`Service not found: ${audienceOf(indicator) ?? ''}`);
  }
  if (api !== undefined) progress.audience = api.identifier;
  const apiScopes = api === undefined ? [] : scopesOnBehalf(store, client, api);
  const connection = params.realm ?? authenticationSettings(store).defaultDirectory;
  const result = await signInWithPassword(deps, {
    client,
    username: params.username ?? '',
    password: params.password ?? '',
    ip: facts.ip,
    hostname: facts.hostname,
    ...(connection === undefined ? {} : { connection }),
    ...(facts.userAgent === undefined ? {} : { userAgent: facts.userAgent }),
  });
  if (!result.ok) {
    progress.logged = true;
    throw refusal(result.reason);
  }
  store.users.recordLogin(result.user.user_id, new Date().toISOString(), facts.ip);
  const user = store.users.find(result.user.user_id) ?? result.user;
  progress.user = user;
  progress.connection = result.connection;
  return { user, client, connection: result.connection, api, indicator, apiScopes };
}

function refusal(reason: SignInRefusal): Error {
  switch (reason) {
    case 'wrong_password':
    case 'unknown_user':
      return new errors.CustomOIDCProviderError('invalid_grant', 'Wrong email or password.');
    case 'blocked':
      return new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
    case 'too_many_attempts':
      return new errors.CustomOIDCProviderError('too_many_attempts', tooManyAttempts);
    case 'no_connection':
      return new errors.InvalidRequest('Authorization server not configured with default connection.');
  }
}
