import type Provider from 'oidc-provider';
import { errors, type ResourceServerInstance, type TokenEndpointGrantContext } from 'oidc-provider';
import type { PostLoginTrigger } from '../../actions/login-transaction.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { ClientRecord, ConnectionRecord, ResourceServerRecord, UserRecord } from '../../store/records.ts';
import type { Store } from '../../store/store.ts';
import { loginRequest, loginTransaction, newTransactionId } from '../authorize/login-transactions.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { withoutRedirect } from '../authorize/outcome.ts';
import { NO_SCOPE } from '../authorize/post-login.ts';
import { contextOf } from '../authorize/proof.ts';
import { tenantAccount } from '../provider/custom-claims.ts';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { type SignInRefusal, signInWithPassword, tooManyAttempts } from '../sign-in.ts';
import { tenantSettings } from '../tenant-settings.ts';
import { factsOf, progressOf } from '../web-context.ts';
import { audienceOf, findApi, libraryResource, scopesForUser, scopesForUsers, scopesOnBehalf } from './api-audience.ts';
import { type LoginGrant, type LoginGrants, loginGrant } from './login-grants.ts';
import { STANDARD_SCOPES } from './profile-claims.ts';

const REALM_GRANT = 'http://auth0.com/oauth/grant-type/password-realm';

export interface PasswordGrantDependencies {
  readonly store: Store;
  readonly log: TenantLog;
  readonly trigger: PostLoginTrigger;
  readonly grants: LoginGrants;
  readonly customDomain?: string | undefined;
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
 * Teaches the library Auth0's password grants, with and without a realm. The post-login Actions run; there is no
 * browser session.
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

interface PasswordLogin {
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection: ConnectionRecord;
  readonly api: ResourceServerRecord | undefined;
  readonly indicator: string | undefined;
  /** What of the API's scopes the application may ask for. */
  readonly apiScopes: string[];
}

async function exchangePassword(provider: Provider, deps: PasswordGrantDependencies, ctx: Context): Promise<void> {
  const login = await signIn(deps, ctx);
  const facts = factsOf(ctx);
  const known = new Set<string>([
    ...STANDARD_SCOPES,
    ...(login.api === undefined ? [] : scopesForUser(deps.store, login.api, login.user.user_id, login.apiScopes)),
  ]);
  const asked = wordsOf(ctx.oidc.params.scope);
  const mayStayOffline =
    login.client.grant_types.includes('refresh_token') && login.api?.allow_offline_access !== false;
  const scopes = asked.filter((scope) => known.has(scope) && (scope !== 'offline_access' || mayStayOffline));

  const transaction = loginTransaction(
    {
      id: newTransactionId(),
      user: login.user,
      client: login.client,
      connection: login.connection,
      request: loginRequest(facts, facts.query, Object.fromEntries(facts.form)),
      protocol: 'oauth2-password',
      requestedScopes: asked,
      authenticationMethods: [{ name: 'pwd', timestamp: new Date().toISOString() }],
      resourceServer: login.api?.identifier,
      customDomain: deps.customDomain,
    },
    {},
  );
  const outcome = await withoutRedirect(deps.trigger.run(transaction), (executions) => {
    progressOf(ctx).executions = executions;
  });
  const user = deps.store.users.find(login.user.user_id);
  if (user === undefined || user.blocked === true) {
    throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
  }
  // The Actions take their time: the password may have been reset meanwhile.
  if (user.last_password_reset !== login.user.last_password_reset) throw refusal('wrong_password');
  await issue(provider, deps, ctx, login, loginGrant(scopes, outcome.effects, login.api));
}

async function signIn(deps: PasswordGrantDependencies, ctx: Context): Promise<PasswordLogin> {
  const { params } = ctx.oidc;
  const { store } = deps;
  for (const name of ['username', 'password', ...(params.grant_type === REALM_GRANT ? ['realm'] : [])] as const) {
    if (typeof params[name] !== 'string' || params[name] === '') {
      throw new errors.InvalidRequest(`missing required parameter '${name}'`);
    }
  }
  const facts = factsOf(ctx);
  const progress = progressOf(ctx);
  const client = clientRecordOf(ctx.oidc.client);
  // A password cannot be for an organization: where one is needed or named, there is no such login.
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
  const connection = params.realm ?? tenantSettings(store).defaultDirectory;
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

async function issue(
  provider: Provider,
  deps: PasswordGrantDependencies,
  ctx: Context,
  login: PasswordLogin,
  given: LoginGrant,
): Promise<void> {
  const { client } = ctx.oidc;
  const { api, indicator } = login;
  const accountId = login.user.user_id;
  const standard = given.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope));
  const ofApi = api === undefined ? [] : given.scopes.filter((scope) => scopesForUsers(api).includes(scope));
  ctx.oidc.params.scope = given.scopes.length === 0 ? NO_SCOPE : given.scopes.join(' ');

  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(standard.length === 0 ? NO_SCOPE : standard);
  let resourceServer: ResourceServerInstance | undefined;
  if (api !== undefined && indicator !== undefined) {
    grant.addResourceScope(indicator, ofApi);
    resourceServer = new provider.ResourceServer(indicator, libraryResource(api, scopesForUsers(api), false));
    ctx.oidc.resourceServers[indicator] = resourceServer;
  }
  const grantId = await grant.save();
  deps.grants.keep(grant, given);
  ctx.oidc.entity('Grant', grant);
  ctx.oidc.entity('Account', tenantAccount(deps.store, deps.grants, ctx, accountId));

  const token = new provider.AccessToken({
    accountId,
    client,
    grantId,
    gty: 'password',
    scope: resourceServer === undefined ? standard.join(' ') || NO_SCOPE : ofApi.join(' '),
    ...(resourceServer === undefined ? {} : { resourceServer }),
  });
  ctx.oidc.entity('AccessToken', token);
  const access_token = await token.save();
  const body: Record<string, unknown> = { access_token, expires_in: token.expiration, token_type: 'Bearer' };
  if (standard.includes('offline_access')) {
    const refreshToken = new provider.RefreshToken({
      accountId,
      client,
      grantId,
      gty: 'password',
      scope: given.scopes.join(' '),
      acr: contextOf(login.connection.id),
      amr: ['pwd'],
      authTime: Math.floor(Date.now() / 1000),
      resource: indicator,
    });
    body.refresh_token = await refreshToken.save();
  }
  if (standard.includes('openid')) {
    const claims = await ctx.oidc.account?.claims('id_token', standard.join(' '), {}, []);
    const idToken = new provider.IdToken({ ...claims, sub: accountId }, { ctx });
    Object.assign(idToken, { scope: standard.join(' ') });
    body.id_token = await idToken.issue({ use: 'idtoken' });
  }
  ctx.body = body;
}
