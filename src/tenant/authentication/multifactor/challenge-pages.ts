import { addressForCodes } from '../../factors/enrolled-factors.ts';
import { newRecoveryCode, useOneTimePassword, useRecoveryCode } from '../../factors/enrolment.ts';
import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import { maskedAddress } from '../../factors/masked-address.ts';
import type { Store } from '../../store/store.ts';
import { requestInfo } from '../authorize/login-progress.ts';
import { redirectBrowser, showPage } from '../http/page-responses.ts';
import type { FormProblem } from '../universal-login/forms/form-problem.ts';
import type { Page } from '../universal-login/pages/document.ts';
import {
  type ChallengeView,
  emailChallengePage,
  otpChallengePage,
  recoveryCodeChallengePage,
} from '../universal-login/pages/factors/mfa-challenge-page.ts';
import { addressOf, type FactorPage } from './factor-addresses.ts';
import type { FactorPageRequest } from './factor-page-request.ts';
import type { Ask } from './factor-status.ts';
import { hasCodeFormat, matchesSentCode, sendCode } from './mailed-code.ts';
import type { Offer } from './next-step.ts';

/** Mails with a code that one login may send. */
const MAX_MAILS = 10;

/** The problem of a text that does not have the format of a code. Codes and messages are those of Auth0's pages. */
export const invalidCodeFormat: FormProblem = {
  field: 'code',
  code: 'invalid-otp-code-format',
  message: 'OTP Code must have 6 numeric characters',
};
/** The problem of a code that is not the right one. */
export const wrongCode: FormProblem = {
  field: 'code',
  code: 'invalid-code',
  message: 'The code you entered is invalid',
};
/** The problem of a login that has sent as many mails as one may. */
export const tooManyMails: FormProblem = {
  field: 'form',
  code: 'too-many-email',
  message: 'You have exceeded the maximum number of emails. Wait a few minutes and try again.',
};

/**
 * The pages that ask an enrolled user for a code.
 *
 * @example
 * answerChallenge(store, pageRequest, 'mfa-otp-challenge', ask, { mode: 'challenge', factor: 'otp' });
 */
export function answerChallenge(
  store: Store,
  pageRequest: FactorPageRequest,
  page: FactorPage,
  ask: Ask,
  offer: Offer,
) {
  const { ctx, state } = pageRequest;
  const { factor } = offer;
  const show = (status: number, problems: readonly FormProblem[]): void => {
    const view = { ...pageRequest.pageView(page, ask), problems, rememberable: ask.rememberable };
    showPage(ctx, pageOfFactor(store, pageRequest, factor, view), status);
  };
  pageRequest.logStart(offer);
  const { form } = requestInfo(ctx);
  if (factor === 'email' && (ctx.method !== 'POST' || form.get('action') === 'resend-code')) {
    const isResend = ctx.method === 'POST';
    if ((isResend || !hasValidMail(pageRequest)) && !sendMail(store, pageRequest)) return show(429, [tooManyMails]);
    if (isResend) return redirectBrowser(ctx, addressOf(page, state));
  }
  if (ctx.method !== 'POST') return show(200, []);

  const typed = form.get('code') ?? '';
  if (factor !== 'recovery-code' && !hasCodeFormat(typed)) return show(400, [invalidCodeFormat]);
  const result = pageRequest.checkCode(factor, () => verified(store, pageRequest, factor, typed));
  if (result === 'failed') return;
  if (result === 'wrong') return show(400, [wrongCode]);
  pageRequest.log(factor === 'recovery-code' ? 'gd_recovery_succeed' : 'gd_auth_succeed', factor, result.id);
  if (ask.rememberable && form.get('rememberBrowser') !== null) pageRequest.rememberBrowser();
  // A recovery code can be used once, so the user gets a new one.
  pageRequest.passFactor(
    factor,
    factor === 'recovery-code' ? { recovery: { code: newRecoveryCode(), extra: true } } : {},
  );
}

function pageOfFactor(
  store: Store,
  pageRequest: FactorPageRequest,
  factor: SimulatedFactor,
  view: ChallengeView,
): Page {
  switch (factor) {
    case 'otp':
      return otpChallengePage(view);
    case 'email':
      return emailChallengePage({
        ...view,
        address: maskedAddress(addressForCodes(store, pageRequest.open.user) ?? ''),
      });
    case 'recovery-code':
      return recoveryCodeChallengePage(view);
  }
}

/** The enrolled method of the code, if the code is right. A verified e-mail address is not an enrolled method. */
function verified(
  store: Store,
  { open, dialog, state }: FactorPageRequest,
  factor: SimulatedFactor,
  typed: string,
): { readonly id?: string } | undefined {
  switch (factor) {
    case 'otp':
      return useOneTimePassword(store, open.user, typed);
    case 'email':
      return matchesSentCode(dialog.mail, state, typed) ? {} : undefined;
    case 'recovery-code':
      return useRecoveryCode(store, open.user, typed);
  }
}

function hasValidMail({ dialog }: FactorPageRequest): boolean {
  return dialog.mail !== undefined && dialog.mail.goodUntil > Date.now();
}

/** Sends a code. Returns false if it cannot be sent. */
function sendMail(store: Store, pageRequest: FactorPageRequest): boolean {
  const { user, login } = pageRequest.open;
  const to = addressForCodes(store, user);
  if (to === undefined || pageRequest.dialog.mails >= MAX_MAILS) return false;
  store.transaction(() => {
    const mail = sendCode(store, { state: pageRequest.state, to, user, client: login.client });
    pageRequest.save({ mail, mails: pageRequest.dialog.mails + 1 });
    pageRequest.log('gd_send_email', 'email');
  });
  return true;
}
