import type Provider from 'oidc-provider';
import { errors, type ResourceServerInstance, type TokenEndpointGrantContext } from 'oidc-provider';
import type { LoginTransaction, PostLoginOutcome, PostLoginTrigger } from '../../actions/run/login-transaction.ts';
import type { RefreshTokenChanges } from '../../actions/run/session-changes.ts';
import { applyRefreshTokenChanges } from '../../actions/triggers/apply-session-changes.ts';
import { recordRefreshTokenDevice } from '../../sessions/device-store.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { outcomeOf, outcomeWithoutBrowser } from '../authorize/browserless-outcome.ts';
import { acrOf, timestamp } from '../authorize/connection-acr.ts';
import { loginRequest, loginTransaction } from '../authorize/login-transactions.ts';
import { NO_SCOPE } from '../authorize/post-login.ts';
import { reportRefusal } from '../authorize/report-refusal.ts';
import { loginProgress, requestInfo } from '../http/web-context.ts';
import type { PassedFactor } from '../multifactor/factor-dialogs.ts';
import type { FactorStep } from '../multifactor/factor-step.ts';
import { tenantAccount } from '../provider/custom-claims.ts';
import { libraryResource, scopesForUsers } from './api-audience.ts';
import { type LoginGrant, type LoginGrants, loginGrant } from './login-grants.ts';
import { suspendForFactor } from './mfa-tokens.ts';
import { STANDARD_SCOPES } from './profile-claims.ts';

export interface PasswordLoginDependencies {
  readonly store: Store;
  readonly trigger: PostLoginTrigger;
  readonly grants: LoginGrants;
  readonly factorStep: FactorStep;
  readonly customDomain?: string | undefined;
}

export interface PasswordLogin {
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection: ConnectionRecord;
  readonly api: ResourceServerRecord | undefined;
  readonly indicator: string | undefined;
  /** The scopes of the API that the application may request. */
  readonly apiScopes: string[];
}

/** A password login that is not complete yet. */
export interface PasswordStep {
  readonly login: Pick<PasswordLogin, 'user' | 'client' | 'connection' | 'api' | 'indicator'>;
  readonly transactionId: string;
  /** The time of the password check, in seconds since 1970. */
  readonly authTime: number;
  readonly requestedScopes: readonly string[];
  /** The scopes that are granted before the Actions run. */
  readonly scopes: readonly string[];
  /** Factors that the user passed besides the password. */
  readonly passed: readonly PassedFactor[];
}

type Context = TokenEndpointGrantContext<{ readonly scope?: string }>;

/** The login as Actions see it. */
export function transactionOf(
  { customDomain }: PasswordLoginDependencies,
  ctx: Context,
  { login, transactionId, authTime, requestedScopes, passed }: PasswordStep,
): LoginTransaction {
  const facts = requestInfo(ctx);
  return loginTransaction(
    {
      id: transactionId,
      user: login.user,
      client: login.client,
      connection: login.connection,
      request: loginRequest(facts, facts.query, Object.fromEntries(facts.form)),
      protocol: 'oauth2-password',
      requestedScopes,
      authenticationMethods: [{ name: 'pwd', timestamp: timestamp(authTime) }, ...methodsOf(passed)],
      resourceServer: login.api?.identifier,
      customDomain,
    },
    {},
  );
}

/**
 * Applies the Actions' effects, and issues tokens if they allow the login.
 *
 * @throws `access_denied` with the Actions' reason; {@link MfaRequired} if they require a factor.
 * @example
 * await concludePasswordLogin(provider, deps, ctx, step, await trigger.run(transactionOf(deps, ctx, step)));
 */
export function concludePasswordLogin(
  provider: Provider,
  deps: PasswordLoginDependencies,
  ctx: Context,
  step: PasswordStep,
  first: PostLoginOutcome,
): Promise<void> {
  return reportRefusal(
    deps.trigger,
    () => transactionOf(deps, ctx, step),
    () => conclude(provider, deps, ctx, step, first),
  );
}

async function conclude(
  provider: Provider,
  deps: PasswordLoginDependencies,
  ctx: Context,
  step: PasswordStep,
  first: PostLoginOutcome,
): Promise<void> {
  const { login, scopes, passed } = step;
  const progress = loginProgress(ctx);
  let outcome = first;
  for (;;) {
    progress.executions = [...new Set([...progress.executions, ...outcome.executions])];
    if (outcome.kind !== 'factors') break;
    const { asked: requests, suspended } = outcome;
    const status = deps.factorStep.status(ctx, login.user, requests, passed);
    if (status.kind === 'failed') throw new errors.AccessDenied(status.reason);
    if (status.kind === 'ask') {
      throw suspendForFactor(deps.store, {
        accountId: login.user.user_id,
        clientId: login.client.client_id,
        connectionId: login.connection.id,
        transactionId: step.transactionId,
        authTime: step.authTime,
        lastPasswordReset: login.user.last_password_reset,
        indicator: login.indicator,
        requestedScopes: step.requestedScopes,
        scopes,
        requests,
        passed,
        met: 0,
        suspended,
        executions: progress.executions,
      });
    }
    outcome = await outcomeOf(deps.trigger.resume(transactionOf(deps, ctx, step), suspended));
  }
  const { effects } = await outcomeWithoutBrowser(Promise.resolve(outcome), () => undefined);
  const { primaryUser } = effects;
  const user = deps.store.users.find(primaryUser ?? login.user.user_id);
  if (user === undefined || user.blocked === true) {
    throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
  }
  // The password may have been reset while the Actions ran.
  if (primaryUser === undefined && user.last_password_reset !== login.user.last_password_reset) {
    throw new errors.CustomOIDCProviderError('invalid_grant', 'Wrong email or password.');
  }
  const result = { ...loginGrant(scopes, effects, login.api), factors: methodsOf(passed) };
  progress.user = user;
  await issue(provider, deps, ctx, { ...step, login: { ...login, user } }, result, effects.refreshToken);
}

function methodsOf(passed: readonly PassedFactor[]): LoginTransaction['authenticationMethods'] {
  return passed.map(({ type, at }) => ({ name: 'mfa', timestamp: at, type }));
}

async function issue(
  provider: Provider,
  deps: PasswordLoginDependencies,
  ctx: Context,
  { login, authTime }: PasswordStep,
  result: LoginGrant,
  refreshTokenChanges: RefreshTokenChanges | undefined,
): Promise<void> {
  const { client } = ctx.oidc;
  const { api, indicator } = login;
  const accountId = login.user.user_id;
  const standard = result.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope));
  const ofApi = api === undefined ? [] : result.scopes.filter((scope) => scopesForUsers(api).includes(scope));
  ctx.oidc.params.scope = result.scopes.length === 0 ? NO_SCOPE : result.scopes.join(' ');

  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(standard.length === 0 ? NO_SCOPE : standard);
  let resourceServer: ResourceServerInstance | undefined;
  if (api !== undefined && indicator !== undefined) {
    grant.addResourceScope(indicator, ofApi);
    resourceServer = new provider.ResourceServer(indicator, libraryResource(api, scopesForUsers(api), false));
    ctx.oidc.resourceServers[indicator] = resourceServer;
  }
  const grantId = await grant.save();
  deps.grants.keep(grant, result);
  if (refreshTokenChanges !== undefined) applyRefreshTokenChanges(deps.store, grantId, accountId, refreshTokenChanges);
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
    recordRefreshTokenDevice(deps.store, grantId, accountId, requestInfo(ctx));
    const refreshToken = new provider.RefreshToken({
      accountId,
      client,
      grantId,
      gty: 'password',
      scope: result.scopes.join(' '),
      acr: acrOf(login.connection.id),
      amr: ['pwd'],
      authTime,
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
