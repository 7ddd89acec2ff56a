import { enrolledFactors } from '../../factors/enrolled-factors.ts';
import { enrolAuthenticatorApp, enrolRecoveryCode, newRecoveryCode } from '../../factors/enrolment.ts';
import { enabledFactors } from '../../factors/factor-settings.ts';
import { authenticatorAddress, matchingStep, newOneTimePasswordSecret } from '../../factors/one-time-password.ts';

import type { Store } from '../../store/store.ts';
import { requestInfo } from '../authorize/login-progress.ts';
import { showPage } from '../http/page-responses.ts';
import type { FormProblem } from '../universal-login/forms/form-problem.ts';
import { otpEnrolmentPage, recoveryCodePage } from '../universal-login/pages/factors/mfa-enrolment-pages.ts';
import { qrCodePicture } from '../universal-login/pages/factors/qr-code-picture.ts';
import { invalidCodeFormat, wrongCode } from './challenge-pages.ts';
import { FACTOR_PAGES, type FactorPage } from './factor-addresses.ts';
import type { FactorPageRequest } from './factor-page-request.ts';
import type { Ask } from './factor-status.ts';
import { hasCodeFormat } from './mailed-code.ts';
import type { Offer } from './next-step.ts';

/**
 * The page on which the user enrols an authenticator app. The secret stays the same until the user types a right code.
 *
 * @param tenantName the name under which the app lists the account.
 * @example
 * answerAppEnrolment(store, 'tenant', pageRequest, 'mfa-otp-enrollment-qr', ask, { mode: 'enroll', factor: 'otp' });
 */
export function answerAppEnrolment(
  store: Store,
  tenantName: string,
  pageRequest: FactorPageRequest,
  page: FactorPage,
  ask: Ask,
  offer: Offer,
) {
  const { ctx, open } = pageRequest;
  const { user } = open;
  pageRequest.logStart(offer);
  const secret = pageRequest.dialog.secret ?? newOneTimePasswordSecret();
  if (pageRequest.dialog.secret === undefined) pageRequest.save({ secret });
  const show = (status: number, problems: readonly FormProblem[]): void => {
    const account = user.email ?? user.username ?? user.user_id;
    const address = authenticatorAddress({ issuer: tenantName, account, secret });
    const view = { ...pageRequest.pageView(page, ask), problems, secret, address, picture: qrCodePicture(address) };
    showPage(ctx, otpEnrolmentPage(view), status);
  };
  if (ctx.method !== 'POST') return show(200, []);

  const typed = requestInfo(ctx).form.get('code') ?? '';
  if (!hasCodeFormat(typed)) return show(400, [invalidCodeFormat]);
  const result = pageRequest.checkCode('otp', () => matchingStep(secret, typed, Date.now()));
  if (result === 'failed') return;
  if (result === 'wrong') return show(400, [wrongCode]);
  store.transaction(() => {
    const { id } = enrolAuthenticatorApp(store, user, secret, result);
    pageRequest.log('gd_enrollment_complete', 'otp', id);
  });
  const lacksRecovery =
    enabledFactors(store).has('recovery-code') && !enrolledFactors(store, user).includes('recovery-code');
  pageRequest.passFactor('otp', lacksRecovery ? { recovery: { code: newRecoveryCode(), extra: true } } : {});
}

/** The problem of a recovery code that the user has not confirmed. */
export const unconfirmedCode: FormProblem = {
  field: 'saved',
  code: 'no-confirmation',
  message: 'Please confirm that you have recorded the code',
};

/**
 * The page that shows a recovery code until the user confirms it. Only then does the code become valid.
 *
 * @example
 * answerRecoveryCode(store, pageRequest);
 */
export function answerRecoveryCode(store: Store, pageRequest: FactorPageRequest) {
  const { ctx, open } = pageRequest;
  const recovery = pageRequest.dialog.recovery ?? { code: newRecoveryCode(), extra: false };
  if (pageRequest.dialog.recovery === undefined) {
    pageRequest.logStart({ mode: 'enroll', factor: 'recovery-code' });
    pageRequest.save({ recovery });
  }
  if (ctx.method === 'POST' && requestInfo(ctx).form.get('saved') !== null) {
    store.transaction(() => {
      const { id } = enrolRecoveryCode(store, open.user, recovery.code);
      pageRequest.log('gd_enrollment_complete', 'recovery-code', id);
    });
    // A code that the user has only seen is not a passed factor.
    if (!recovery.extra) return pageRequest.meetRequest({ recovery: undefined });
    pageRequest.save({ recovery: undefined });
    return pageRequest.redirectToNext();
  }
  const problems: FormProblem[] = ctx.method === 'POST' ? [unconfirmedCode] : [];
  const view = { ...pageRequest.pageView(FACTOR_PAGES['enroll:recovery-code']), problems, code: recovery.code };
  showPage(ctx, recoveryCodePage(view), ctx.method === 'POST' ? 400 : 200);
}
