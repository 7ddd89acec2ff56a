import { errors } from 'oidc-provider';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { type LoginKind, type LoginProgress, userLogin } from './login-progress.ts';
import type { LoginStep, StepResult } from './login-step.ts';
import { transactionOf } from './login-transactions.ts';
import { askForFactors, refuseFactors } from './steps/actions/ask-for-factors.ts';
import { askForFurtherFactors } from './steps/actions/ask-for-further-factors.ts';
import { concludeFactors } from './steps/actions/conclude-factors.ts';
import { followRedirect } from './steps/actions/follow-redirect.ts';
import { moveToPrimaryUser } from './steps/actions/move-to-primary-user.ts';
import { obeyDenial } from './steps/actions/obey-denial.ts';
import { recheckSession } from './steps/actions/recheck-session.ts';
import { refuseRedirect } from './steps/actions/refuse-redirect.ts';
import { runActions } from './steps/actions/run-actions.ts';
import { runExchangeActions } from './steps/actions/run-exchange-actions.ts';
import { skipPassedFactors } from './steps/actions/skip-passed-factors.ts';
import { grantAuthorization } from './steps/grant/grant-authorization.ts';
import { issueTokens } from './steps/grant/issue-tokens.ts';
import { limitExchangeScopes } from './steps/grant/limit-exchange-scopes.ts';
import { limitScopes } from './steps/grant/limit-scopes.ts';
import { renewGrant } from './steps/grant/renew-grant.ts';
import { renewRecoveryCode } from './steps/grant/renew-recovery-code.ts';
import { checkApiAccess } from './steps/request/check-api-access.ts';
import { checkCallback } from './steps/request/check-callback.ts';
import { checkClientGrant } from './steps/request/check-client-grant.ts';
import { checkConnection } from './steps/request/check-connection.ts';
import { checkWebOrigin } from './steps/request/check-web-origin.ts';
import { findApiOfRequest } from './steps/request/find-api.ts';
import { findOrganizationOfRequest } from './steps/request/find-organization.ts';
import { refuseOrganization } from './steps/request/refuse-organization.ts';
import { checkCode } from './steps/user/check-code.ts';
import { checkConsent } from './steps/user/check-consent.ts';
import { checkContinuation } from './steps/user/check-continuation.ts';
import { checkMember } from './steps/user/check-member.ts';
import { checkPassword } from './steps/user/check-password.ts';
import { checkPasswordUnchanged } from './steps/user/check-password-unchanged.ts';
import { checkUser } from './steps/user/check-user.ts';
import { countLogin } from './steps/user/count-login.ts';
import { joinOrganization } from './steps/user/join-organization.ts';
import { recordDevice } from './steps/user/record-device.ts';
import { requireSignIn } from './steps/user/require-sign-in.ts';
import { resolveMfaToken } from './steps/user/resolve-mfa-token.ts';
import { resolveRefreshToken } from './steps/user/resolve-refresh-token.ts';
import { resolveSession } from './steps/user/resolve-session.ts';
import type { Suspension } from './suspended-login.ts';

/** When a login takes a step: on every walk, on its first one, on one that continues a suspended login, or never. */
type When = 'every' | 'first' | 'again' | '-';

/**
 * The steps of a login, from top to bottom, and the kinds of login that take them. A step lets the login continue, suspends it,
 * or refuses it. A login that continues after a suspension walks from the top again: what held before must still hold.
 */
// biome-ignore format: a table
export const LOGIN_STEPS: readonly (readonly [step: LoginStep, ...when: When[]])[] = [
  //                           browser  silent   password refresh  machine
  [checkWebOrigin,             'every', 'every', '-',     '-',     '-'],
  [findOrganizationOfRequest,  'every', 'every', '-',     '-',     '-'],
  [refuseOrganization,         '-',     '-',     'first', '-',     '-'],
  [checkConnection,            'every', 'every', '-',     '-',     '-'],
  [findApiOfRequest,           'every', 'every', 'first', 'every', 'every'],
  [checkApiAccess,             '-',     '-',     'first', 'every', '-'],
  [checkClientGrant,           '-',     '-',     '-',     '-',     'every'],
  // The user
  [requireSignIn,              'every', 'every', '-',     '-',     '-'],
  [resolveSession,             'every', 'every', '-',     '-',     '-'],
  [checkPassword,              '-',     '-',     'first', '-',     '-'],
  [resolveMfaToken,            '-',     '-',     'again', '-',     '-'],
  [checkCode,                  '-',     '-',     'again', '-',     '-'],
  [resolveRefreshToken,        '-',     '-',     '-',     'every', '-'],
  [checkContinuation,          'every', 'every', '-',     '-',     '-'],
  [checkCallback,              'every', 'every', '-',     '-',     '-'],
  [checkUser,                  'every', 'every', '-',     'every', '-'],
  [checkConsent,               'every', 'every', '-',     '-',     '-'],
  [joinOrganization,           'every', 'every', '-',     '-',     '-'],
  [checkMember,                '-',     '-',     '-',     'every', '-'],
  [concludeFactors,            'again', '-',     '-',     '-',     '-'],
  [countLogin,                 'first', '-',     'first', '-',     '-'],
  [recordDevice,               'first', 'first', '-',     '-',     '-'],
  [limitScopes,                '-',     '-',     'every', '-',     '-'],
  [askForFurtherFactors,       '-',     '-',     'again', '-',     '-'],
  // The Actions
  [runActions,                 'every', 'every', 'every', 'every', '-'],
  [runExchangeActions,         '-',     '-',     '-',     '-',     'every'],
  [skipPassedFactors,          'every', 'every', 'every', '-',     '-'],
  [recheckSession,             'every', 'every', '-',     '-',     '-'],
  [obeyDenial,                 'every', 'every', 'every', 'every', '-'],
  [followRedirect,             'every', 'every', '-',     '-',     '-'],
  [refuseRedirect,             '-',     '-',     'every', 'every', '-'],
  [askForFactors,              'every', '-',     'every', '-',     '-'],
  [refuseFactors,              '-',     'every', '-',     'every', '-'],
  [moveToPrimaryUser,          'every', 'every', 'every', '-',     '-'],
  [checkUser,                  'every', 'every', 'every', 'every', '-'],
  [checkMember,                'every', 'every', '-',     'every', '-'],
  [checkPasswordUnchanged,     '-',     '-',     'every', '-',     '-'],
  // The grant
  [limitScopes,                'every', 'every', '-',     'every', '-'],
  [grantAuthorization,         'every', 'every', '-',     '-',     '-'],
  [issueTokens,                '-',     '-',     'every', '-',     '-'],
  [renewRecoveryCode,          '-',     '-',     'again', '-',     '-'],
  [renewGrant,                 '-',     '-',     '-',     'every', '-'],
  [limitExchangeScopes,        '-',     '-',     '-',     '-',     'every'],
];
const KINDS: readonly LoginKind[] = ['browser', 'silent', 'password', 'refresh', 'machine'];

/**
 * Takes a login through its steps, as far as it gets. The login holds what the steps have found out, even if one refuses it.
 *
 * @returns what the login waits for; nothing if it has passed all steps.
 * @throws the error of the step that refuses the login. If its user is known, the refusal is reported to the trigger.
 * @example
 * const suspension = await walkLogin(loginProgress(ctx), 'browser');
 */
export async function walkLogin(login: LoginProgress, kind: LoginKind): Promise<Suspension | undefined> {
  login.kind = kind;
  login.client = clientRecordOf(login.ctx.oidc.client);
  const walk = login.continues === undefined && login.code === undefined ? 'first' : 'again';
  for (const [step, ...when] of LOGIN_STEPS) {
    const column = when[KINDS.indexOf(kind)];
    if (column !== 'every' && column !== walk) continue;
    const result = await take(step, login);
    if (result.kind === 'suspend') {
      login.suspension = result.suspension;
      return result.suspension;
    }
    Object.assign(login, result.learned);
    if (result.kind === 'refuse') throw reported(login, result.error);
  }
  login.passedAll = true;
  return undefined;
}

async function take(step: LoginStep, login: LoginProgress): Promise<StepResult> {
  try {
    return await step(login);
  } catch (error) {
    if (error instanceof errors.OIDCProviderError) return { kind: 'refuse', error, learned: {} };
    throw error;
  }
}

/** Reports a refusal. A login that is refused for want of a factor may still be continued, so it is none. */
function reported(login: LoginProgress, error: Error): Error {
  const isRefusal = error instanceof errors.OIDCProviderError && error.error !== 'mfa_required';
  if (isRefusal && login.transactionId !== undefined) {
    login.tenant.trigger.refused?.(transactionOf(userLogin(login)), error.error_description ?? error.error);
  }
  return error;
}
