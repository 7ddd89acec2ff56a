import type Provider from 'oidc-provider';
import { errors, type TokenEndpointGrantContext } from 'oidc-provider';
import { enrolRecoveryCode, newRecoveryCode, useOneTimePassword, useRecoveryCode } from '../../factors/enrolment.ts';
import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { outcomeOf } from '../authorize/browserless-outcome.ts';
import { loginProgress, type WebContext } from '../http/web-context.ts';
import { type FactorEventType, logFactor } from '../multifactor/factor-log.ts';
import { canTryCode, clearWrongCodes, countWrongCode } from '../multifactor/wrong-codes.ts';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { findApi, scopesForUser, scopesOnBehalf } from './api-audience.ts';
import { findWaitingLogin, suspendForFactor, useMfaToken } from './mfa-tokens.ts';
import type { PasswordGrantDependencies } from './password-grant.ts';
import { concludePasswordLogin, type PasswordStep, transactionOf } from './password-login.ts';
import { STANDARD_SCOPES } from './profile-claims.ts';

export const OTP_GRANT = 'http://auth0.com/oauth/grant-type/mfa-otp';
export const RECOVERY_GRANT = 'http://auth0.com/oauth/grant-type/mfa-recovery-code';

interface Parameters {
  readonly mfa_token?: string;
  readonly otp?: string;
  readonly recovery_code?: string;
  readonly scope?: string;
}

type Context = TokenEndpointGrantContext<Parameters>;

const TOO_MANY_CODES = 'Too many wrong codes. Try again in a few minutes.';

/** Whether the grant type is one of the two. */
export function isMfaGrant(grantType: string | null): boolean {
  return grantType === OTP_GRANT || grantType === RECOVERY_GRANT;
}

/** The factor and parameter of each grant, and Auth0's message for a wrong code. */
const GRANTS = {
  [OTP_GRANT]: { factor: 'otp', parameter: 'otp', wrong: 'Invalid otp_code.' },
  [RECOVERY_GRANT]: { factor: 'recovery-code', parameter: 'recovery_code', wrong: 'Invalid recovery code.' },
} as const;

/**
 * Registers the grants that continue a password login after `mfa_required`: a one-time password of an authenticator app,
 * or a recovery code. The `mfa_token` of the refusal can be used once.
 *
 * @example
 * installMfaGrants(provider, { store, log, trigger, grants, factorStep, issuer });
 * @see Auth0 docs: "Authenticate Using the Resource Owner Password Flow with MFA"; "Verify with one-time password (OTP)".
 */
export function installMfaGrants(provider: Provider, deps: PasswordGrantDependencies): void {
  for (const [grantType, grant] of Object.entries(GRANTS)) {
    const handler = (ctx: Context) => exchangeCode(provider, deps, ctx, grant);
    provider.registerGrantType<Parameters>(grantType, handler, ['mfa_token', grant.parameter, 'scope']);
  }
}

async function exchangeCode(
  provider: Provider,
  deps: PasswordGrantDependencies,
  ctx: Context,
  { factor, parameter, wrong }: (typeof GRANTS)[keyof typeof GRANTS],
): Promise<void> {
  const { store } = deps;
  const { params } = ctx.oidc;
  const client = clientRecordOf(ctx.oidc.client);
  const progress = loginProgress(ctx);
  progress.client = client;
  for (const name of ['mfa_token', parameter] as const) {
    if (!params[name]) throw new errors.InvalidRequest(`missing required parameter '${name}'`);
  }
  const token = params.mfa_token ?? '';
  const waiting = findWaitingLogin(store, token, client.client_id);
  const user = waiting && store.users.find(waiting.accountId);
  const connection = waiting && store.connections.find(waiting.connectionId);
  if (waiting === undefined || user === undefined || connection === undefined) throw refused('Malformed mfa_token');
  const api = waiting.indicator === undefined ? undefined : findApi(store, waiting.indicator);
  progress.user = user;
  progress.connection = connection;
  progress.executions = waiting.executions;
  if (api !== undefined) progress.audience = api.identifier;
  if (user.last_password_reset !== waiting.lastPasswordReset) throw refused('Malformed mfa_token');

  const dialog = { userId: user.user_id, met: waiting.met, passed: [], mails: 0, wrong: 0 };
  const before = deps.factorStep.status(ctx, user, waiting.requests, waiting.passed, dialog);
  if (before.kind === 'failed') throw new errors.AccessDenied(before.reason);
  const isAsked =
    before.kind === 'ask' && before.offers.some((offer) => offer.mode === 'challenge' && offer.factor === factor);
  if (!isAsked) throw refused(`The login does not ask for the factor "${factor}".`);
  const log = (type: FactorEventType, id?: string): void =>
    logFactor(deps.log, ctx as unknown as WebContext, type, { user, client, connection }, { factor, id });
  const result = store.transaction(() => checkCode(store, user, factor, params[parameter] ?? '', log));
  if (result === 'too many') throw new errors.CustomOIDCProviderError('too_many_attempts', TOO_MANY_CODES);
  if (result === 'wrong') throw refused(wrong);
  if (!useMfaToken(store, token)) throw refused('Malformed mfa_token');

  const passed = [...waiting.passed, { type: factor as SimulatedFactor, at: new Date().toISOString() }];
  // The user may have lost a role since the password login, and its scopes with it.
  const ofApi = api === undefined ? [] : scopesForUser(store, api, user.user_id, scopesOnBehalf(store, client, api));
  const known = new Set<string>([...STANDARD_SCOPES, ...ofApi]);
  const scopes = waiting.scopes.filter((scope) => known.has(scope));
  const login = { user, client, connection, api, indicator: waiting.indicator };
  const step = { ...waiting, scopes, login, passed };
  await resumePasswordLogin(provider, deps, ctx, { ...step, met: before.index + 1 });
  if (factor === 'recovery-code') issueRecoveryCode(store, ctx, user);
}

type ResumedStep = PasswordStep &
  Pick<NonNullable<ReturnType<typeof findWaitingLogin>>, 'requests' | 'met' | 'suspended' | 'executions'>;

async function resumePasswordLogin(
  provider: Provider,
  deps: PasswordGrantDependencies,
  ctx: Context,
  step: ResumedStep,
): Promise<void> {
  const { user, client, connection, indicator } = step.login;
  const dialog = { userId: user.user_id, met: step.met, passed: [], mails: 0, wrong: 0 };
  const after = deps.factorStep.status(ctx, user, step.requests, step.passed, dialog);
  if (after.kind === 'failed') throw new errors.AccessDenied(after.reason);
  if (after.kind === 'ask') {
    const { login: _, ...rest } = step;
    throw suspendForFactor(deps.store, {
      ...rest,
      accountId: user.user_id,
      clientId: client.client_id,
      connectionId: connection.id,
      lastPasswordReset: user.last_password_reset,
      indicator,
    });
  }
  const outcome = await outcomeOf(deps.trigger.resume(transactionOf(deps, ctx, step), step.suspended));
  await concludePasswordLogin(provider, deps, ctx, step, outcome);
}

/** Adds a new recovery code to the tokens, because the used one can be used only once. */
function issueRecoveryCode(store: Store, ctx: Context, user: UserRecord): void {
  const recovery_code = newRecoveryCode();
  enrolRecoveryCode(store, user, recovery_code);
  ctx.body = { ...(ctx.body as object), recovery_code };
}

/** Checks a code and counts wrong ones. It never throws, so that the transaction keeps the count. */
function checkCode(
  store: Store,
  user: UserRecord,
  factor: 'otp' | 'recovery-code',
  typed: string,
  log: (type: FactorEventType, id?: string) => void,
): 'right' | 'wrong' | 'too many' {
  if (!canTryCode(store, user.user_id)) {
    log('gd_otp_rate_limit_exceed');
    return 'too many';
  }
  const found = factor === 'otp' ? useOneTimePassword(store, user, typed) : useRecoveryCode(store, user, typed);
  if (found === undefined) {
    countWrongCode(store, user.user_id);
    log(factor === 'otp' ? 'gd_auth_failed' : 'gd_recovery_failed');
    return 'wrong';
  }
  clearWrongCodes(store, user.user_id);
  log(factor === 'otp' ? 'gd_auth_succeed' : 'gd_recovery_succeed', found.id);
  return 'right';
}

function refused(description: string): Error {
  return new errors.CustomOIDCProviderError('invalid_grant', description);
}
