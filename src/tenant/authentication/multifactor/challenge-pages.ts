import { addressForCodes } from '../../factors/enrolled-factors.ts';
import { newRecoveryCode, useOneTimePassword, useRecoveryCode } from '../../factors/enrolment.ts';
import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import { maskedAddress } from '../../factors/masked-address.ts';
import type { Store } from '../../store/store.ts';
import { sendOn, showPage } from '../http/page-answers.ts';
import { requestInfo } from '../http/web-context.ts';
import type { FormProblem } from '../universal-login/forms/form-problem.ts';
import {
  type ChallengeView,
  emailChallengePage,
  otpChallengePage,
  recoveryCodeChallengePage,
} from '../universal-login/pages/mfa-challenge-page.ts';
import { type Ask, addressOf, type FactorPage } from './factor-step.ts';
import type { FactorTurn } from './factor-turn.ts';
import { isCodeLike, isCodeSent, sendCode } from './mailed-code.ts';
import type { Offer } from './next-step.ts';

/** Of one login. */
const MOST_MAILS = 10;

/** What a page says of a code that is none, and of one that is not the right one; the codes are those of Auth0's pages. */
export const notACode: FormProblem = {
  field: 'code',
  code: 'invalid-otp-code-format',
  message: 'OTP Code must have 6 numeric characters',
};
export const wrongCode: FormProblem = {
  field: 'code',
  code: 'invalid-code',
  message: 'The code you entered is invalid',
};
const tooManyMails: FormProblem = {
  field: 'form',
  code: 'too-many-email',
  message: 'You have exceeded the maximum number of emails. Wait a few minutes and try again.',
};

/**
 * The pages that ask for a code of somebody who is enrolled.
 *
 * @example
 * answerChallenge(store, turn, 'mfa-otp-challenge', ask, { mode: 'challenge', factor: 'otp' });
 */
export function answerChallenge(store: Store, turn: FactorTurn, page: FactorPage, ask: Ask, offer: Offer) {
  const { ctx, state } = turn;
  const { factor } = offer;
  const show = (status: number, problems: readonly FormProblem[]): void => {
    const view = { ...turn.view(page, ask), problems, rememberable: ask.rememberable };
    showPage(ctx, pageOfFactor(store, turn, factor, view), status);
  };
  turn.begin(offer);
  const { form } = requestInfo(ctx);
  if (factor === 'email' && (ctx.method !== 'POST' || form.get('action') === 'resend-code')) {
    const again = ctx.method === 'POST';
    if ((again || !hasLiveMail(turn)) && !mail(store, turn)) return show(429, [tooManyMails]);
    if (again) return sendOn(ctx, addressOf(page, state));
  }
  if (ctx.method !== 'POST') return show(200, []);

  const typed = form.get('code') ?? '';
  if (factor !== 'recovery-code' && !isCodeLike(typed)) return show(400, [notACode]);
  const verdict = turn.judge(factor, () => verified(store, turn, factor, typed));
  if (verdict === 'over') return;
  if (verdict === 'wrong') return show(400, [wrongCode]);
  turn.log(factor === 'recovery-code' ? 'gd_recovery_succeed' : 'gd_auth_succeed', factor, verdict.id);
  if (ask.rememberable && form.get('rememberBrowser') !== null) turn.remember();
  // A recovery code serves once: its owner is given another.
  turn.pass(factor, factor === 'recovery-code' ? { recovery: { code: newRecoveryCode(), extra: true } } : {});
}

function pageOfFactor(store: Store, turn: FactorTurn, factor: SimulatedFactor, view: ChallengeView): string {
  switch (factor) {
    case 'otp':
      return otpChallengePage(view);
    case 'email':
      return emailChallengePage({ ...view, address: maskedAddress(addressForCodes(store, turn.open.user) ?? '') });
    case 'recovery-code':
      return recoveryCodeChallengePage(view);
  }
}

/** The method that the code is of, where it is right; a verified address is no method of its own. */
function verified(
  store: Store,
  { open, dialog, state }: FactorTurn,
  factor: SimulatedFactor,
  typed: string,
): { readonly id?: string } | undefined {
  switch (factor) {
    case 'otp':
      return useOneTimePassword(store, open.user, typed);
    case 'email':
      return isCodeSent(dialog.mail, state, typed) ? {} : undefined;
    case 'recovery-code':
      return useRecoveryCode(store, open.user, typed);
  }
}

function hasLiveMail({ dialog }: FactorTurn): boolean {
  return dialog.mail !== undefined && dialog.mail.goodUntil > Date.now();
}

/** Answers whether it was sent. */
function mail(store: Store, turn: FactorTurn): boolean {
  const { user, login } = turn.open;
  const to = addressForCodes(store, user);
  if (to === undefined || turn.dialog.mails >= MOST_MAILS) return false;
  store.transaction(() => {
    const sent = sendCode(store, { state: turn.state, to, applicationName: login.client.name });
    turn.keep({ mail: sent, mails: turn.dialog.mails + 1 });
    turn.log('gd_send_email', 'email');
  });
  return true;
}
