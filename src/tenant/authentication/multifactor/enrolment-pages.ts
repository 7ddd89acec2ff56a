import { enrolledFactors } from '../../factors/enrolled-factors.ts';
import { enrolAuthenticatorApp, enrolRecoveryCode, newRecoveryCode } from '../../factors/enrolment.ts';
import { enabledFactors } from '../../factors/factor-settings.ts';
import { authenticatorAddress, matchingStep, newOneTimePasswordSecret } from '../../factors/one-time-password.ts';

import type { Store } from '../../store/store.ts';
import { showPage } from '../http/page-answers.ts';
import { requestInfo } from '../http/web-context.ts';
import type { FormProblem } from '../universal-login/forms/form-problem.ts';
import { otpEnrolmentPage, recoveryCodePage } from '../universal-login/pages/mfa-enrolment-pages.ts';
import { qrCodePicture } from '../universal-login/pages/qr-code-picture.ts';
import { notACode, wrongCode } from './challenge-pages.ts';
import { type Ask, FACTOR_PAGES, type FactorPage } from './factor-step.ts';
import type { FactorTurn } from './factor-turn.ts';
import { isCodeLike } from './mailed-code.ts';
import type { Offer } from './next-step.ts';

/**
 * The page on which an authenticator app is enrolled. The secret stays the same until a right password of it was typed.
 *
 * @param tenantName what the app calls the account.
 * @example
 * answerAppEnrolment(store, 'tenant', turn, 'mfa-otp-enrollment-qr', ask, { mode: 'enroll', factor: 'otp' });
 */
export function answerAppEnrolment(
  store: Store,
  tenantName: string,
  turn: FactorTurn,
  page: FactorPage,
  ask: Ask,
  offer: Offer,
) {
  const { ctx, open } = turn;
  const { user } = open;
  turn.begin(offer);
  const secret = turn.dialog.secret ?? newOneTimePasswordSecret();
  if (turn.dialog.secret === undefined) turn.keep({ secret });
  const show = (status: number, problems: readonly FormProblem[]): void => {
    const account = user.email ?? user.username ?? user.user_id;
    const address = authenticatorAddress({ issuer: tenantName, account, secret });
    const view = { ...turn.view(page, ask), problems, secret, address, picture: qrCodePicture(address) };
    showPage(ctx, otpEnrolmentPage(view), status);
  };
  if (ctx.method !== 'POST') return show(200, []);

  const typed = requestInfo(ctx).form.get('code') ?? '';
  if (!isCodeLike(typed)) return show(400, [notACode]);
  const verdict = turn.judge('otp', () => matchingStep(secret, typed, Date.now()));
  if (verdict === 'over') return;
  if (verdict === 'wrong') return show(400, [wrongCode]);
  store.transaction(() => {
    const { id } = enrolAuthenticatorApp(store, user, secret, verdict);
    turn.log('gd_enrollment_complete', 'otp', id);
  });
  const lacksRecovery =
    enabledFactors(store).has('recovery-code') && !enrolledFactors(store, user).includes('recovery-code');
  turn.pass('otp', lacksRecovery ? { recovery: { code: newRecoveryCode(), extra: true } } : {});
}

/**
 * The page that shows a recovery code until its person says that they have it. Only then is it good for anything.
 *
 * @example
 * answerRecoveryCode(store, turn);
 */
export function answerRecoveryCode(store: Store, turn: FactorTurn) {
  const { ctx, open } = turn;
  const recovery = turn.dialog.recovery ?? { code: newRecoveryCode(), extra: false };
  if (turn.dialog.recovery === undefined) {
    turn.begin({ mode: 'enroll', factor: 'recovery-code' });
    turn.keep({ recovery });
  }
  if (ctx.method === 'POST' && requestInfo(ctx).form.get('saved') !== null) {
    store.transaction(() => {
      const { id } = enrolRecoveryCode(store, open.user, recovery.code);
      turn.log('gd_enrollment_complete', 'recovery-code', id);
    });
    // Whoever was given a code has proven nothing by it.
    if (!recovery.extra) return turn.meet({ recovery: undefined });
    turn.keep({ recovery: undefined });
    return turn.next();
  }
  const problems: FormProblem[] =
    ctx.method === 'POST'
      ? [{ field: 'saved', code: 'no-confirmation', message: 'Please confirm that you have recorded the code' }]
      : [];
  const view = { ...turn.view(FACTOR_PAGES['enroll:recovery-code']), problems, code: recovery.code };
  showPage(ctx, recoveryCodePage(view), ctx.method === 'POST' ? 400 : 200);
}
