import { errors, type Interaction } from 'oidc-provider';
import type { FactorRequest } from '../../factors/factor-requests.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { MFA_REQUIRED } from '../authorize/browserless-outcome.ts';
import type { SuspendedLogin } from '../authorize/suspended-login.ts';
import type { OidcContext, WebContext } from '../http/web-context.ts';
import { type FactorDialog, FactorDialogs, type PassedFactor } from './factor-dialogs.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { isRemembered } from './remembered-browser.ts';
import { type FactorSession, keepSessionFactors } from './session-factors.ts';

/** Where a person stands with all that the Actions of a login ask for. */
export type Standing =
  | { readonly kind: 'done'; readonly passed: readonly PassedFactor[] }
  | { readonly kind: 'failed'; readonly reason: string }
  | Ask;

export type Ask = Extract<NextStep, { kind: 'ask' }> & {
  /** Which of the requests it is. */
  readonly index: number;
};

/** The factors that Actions ask for, as a step of an authorization request. */
export interface FactorStep {
  readonly dialogs: FactorDialogs;
  /** Where the person stands; without a dialog, at its beginning. */
  standing(
    ctx: WebContext | OidcContext,
    user: UserRecord,
    asked: readonly FactorRequest[],
    passed: readonly PassedFactor[],
    dialog?: FactorDialog,
  ): Standing;
  /**
   * The factors that a login has come past which goes on: those of before, and those of the pages that its browser comes
   * back from, which are kept with the session.
   *
   * @throws `access_denied` where it is to fail, or not all is met.
   */
  conclude(
    ctx: OidcContext,
    login: { readonly user: UserRecord; readonly session: FactorSession },
    suspended: SuspendedLogin,
    interaction: Interaction | undefined,
  ): readonly PassedFactor[];
  /** Begins to ask, and answers where the first page is. */
  begin(interaction: Interaction): string;
}

/**
 * @example
 * const factorStep = createFactorStep(store);
 * const standing = factorStep.standing(ctx, user, outcome.asked, []);
 */
export function createFactorStep(store: Store): FactorStep {
  const dialogs = new FactorDialogs(store);
  const standing: FactorStep['standing'] = (ctx, user, asked, before, dialog) => {
    if (dialog?.failure !== undefined) return { kind: 'failed', reason: dialog.failure };
    const passed = [...before, ...(dialog?.passed ?? [])];
    const seen = {
      user,
      passed: new Set<string>(passed.map(({ type }) => type)),
      remembered: isRemembered(store, ctx, user.user_id),
    };
    for (const [index, request] of asked.entries()) {
      if (index < (dialog?.met ?? 0)) continue;
      const next = nextStep(store, request, seen);
      if (next.kind === 'impossible') return { kind: 'failed', reason: next.reason };
      if (next.kind === 'ask') return { ...next, index };
    }
    return { kind: 'done', passed };
  };
  return {
    dialogs,
    standing,
    conclude(ctx, { user, session }, { asked, passed = [] }, interaction) {
      if (asked === undefined) return passed;
      const state = interaction?.uid ?? '';
      const dialog = dialogs.find(state);
      const reached = dialog && standing(ctx, user, asked, passed, dialog);
      if (reached?.kind === 'failed') throw new errors.AccessDenied(reached.reason);
      if (reached?.kind !== 'done') throw new errors.AccessDenied(MFA_REQUIRED);
      dialogs.remove(state);
      keepSessionFactors(store, session, dialog?.passed ?? []);
      return reached.passed;
    },
    begin(interaction) {
      dialogs.begin(interaction.uid, interaction.session?.accountId ?? '');
      const { url } = interaction.prompt.details as unknown as SuspendedLogin;
      return addressOf(url, interaction.uid);
    },
  };
}

/** The names of the pages, as on Auth0. */
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
 * The page that a step begins with.
 *
 * @example
 * pageOf(standing); // 'mfa-otp-challenge'
 */
export function pageOf(ask: Ask): FactorPage {
  const [first] = ask.offers;
  if (ask.choose) return optionsPageOf(ask);
  return FACTOR_PAGES[`${first.mode}:${first.factor}` as keyof typeof FACTOR_PAGES];
}

/** The page on which the person chooses among its offers. */
export function optionsPageOf({ offers }: Ask): FactorPage {
  return FACTOR_PAGES[`${offers[0].mode}:options`];
}

/** Where a page is, for the login with that state. */
export function addressOf(page: string, state: string): string {
  return `/u/${page}?state=${encodeURIComponent(state)}`;
}
