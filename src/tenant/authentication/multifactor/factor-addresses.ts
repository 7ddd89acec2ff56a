import type { Ask } from './factor-status.ts';

/** Auth0's names of the pages. */
export const FACTOR_PAGES = {
  'challenge:otp': 'mfa-otp-challenge',
  'challenge:email': 'mfa-email-challenge',
  'challenge:recovery-code': 'mfa-recovery-code-challenge',
  'enroll:otp': 'mfa-otp-enrollment-qr',
  'enroll:recovery-code': 'mfa-recovery-code-enrollment',
  'challenge:options': 'mfa-login-options',
  'enroll:options': 'mfa-begin-enroll-options',
} as const;

export type FactorPage = (typeof FACTOR_PAGES)[keyof typeof FACTOR_PAGES];

/**
 * The first page of a prompt.
 *
 * @example
 * pageOf(status); // 'mfa-otp-challenge'
 */
export function pageOf(ask: Ask): FactorPage {
  const [first] = ask.offers;
  if (ask.choose) return optionsPageOf(ask);
  return FACTOR_PAGES[`${first.mode}:${first.factor}` as keyof typeof FACTOR_PAGES];
}

/** The page on which the user chooses one of the offers. */
export function optionsPageOf({ offers }: Ask): FactorPage {
  return FACTOR_PAGES[`${offers[0].mode}:options`];
}

/**
 * The prompt that a page is a screen of, as Auth0 names it.
 *
 * @example
 * promptOf('mfa-otp-challenge'); // 'mfa-otp'
 */
export function promptOf(page: FactorPage): string {
  return /^mfa-(?:otp|email|recovery-code)/.exec(page)?.[0] ?? 'mfa';
}

/** The path of a page for the login with that state. */
export function addressOf(page: string, state: string): string {
  return `/u/${page}?state=${encodeURIComponent(state)}`;
}
