import { errors } from 'oidc-provider';
import { useOneTimePassword, useRecoveryCode } from '../../../../factors/enrolment.ts';
import type { UserRecord } from '../../../../store/records/users/user-row.ts';
import type { Store } from '../../../../store/store.ts';
import { type FactorEventType, logFactor } from '../../../multifactor/factor-log.ts';
import { factorStatus } from '../../../multifactor/factor-status.ts';
import { canTryCode, clearWrongCodes, countWrongCode } from '../../../multifactor/wrong-codes.ts';
import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { useMfaToken } from '../../../tokens/mfa-tokens.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

const TOO_MANY_CODES = 'Too many wrong codes. Try again in a few minutes.';

/** The code is that of a factor that the login asks for. The `mfa_token` can be used once. */
export function checkCode(login: Readonly<LoginProgress>): StepResult {
  const { tenant, ctx, request, user, connection, continues, code, met, passed } = login;
  if (user === undefined || continues === undefined || code === undefined) {
    throw new Error('No step before this one resolves the mfa_token.');
  }
  const { store } = tenant;
  const { factor, wrong } = code;
  const before = factorStatus(store, ctx, user, continues.requests, passed, { met, passed: [] });
  if (before.kind === 'failed') return refuse(new errors.AccessDenied(before.reason));
  const isAsked =
    before.kind === 'ask' && before.offers.some((offer) => offer.mode === 'challenge' && offer.factor === factor);
  if (!isAsked) return refuse(invalidGrant(`The login does not ask for the factor "${factor}".`));
  const client = clientRecordOf(ctx.oidc.client);
  const loginId = continues.transactionId;
  const log = (type: FactorEventType, id?: string): void =>
    logFactor(tenant.log, { request, path: ctx.path }, type, { user, client, connection, loginId }, { factor, id });
  const result = store.transaction(() => tryCode(store, user, factor, code.value, log));
  if (result === 'too many') {
    return refuse(new errors.CustomOIDCProviderError('too_many_attempts', TOO_MANY_CODES));
  }
  if (result === 'wrong') return refuse(invalidGrant(wrong));
  if (!useMfaToken(store, code.token)) return refuse(invalidGrant('Malformed mfa_token'));
  return proceed({
    transactionId: continues.transactionId,
    passed: [...passed, { type: factor, at: new Date().toISOString() }],
    met: before.index + 1,
  });
}

/** Checks a code and counts wrong ones. It never throws, so that the transaction keeps the count. */
function tryCode(
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

function invalidGrant(description: string): Error {
  return new errors.CustomOIDCProviderError('invalid_grant', description);
}
