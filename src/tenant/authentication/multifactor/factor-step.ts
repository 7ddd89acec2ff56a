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
import { type FactorSession, saveSessionFactors } from './session-factors.ts';

/** How far the user has met the factor requests of a login's Actions. */
export type FactorStatus =
  | { readonly kind: 'done'; readonly passed: readonly PassedFactor[] }
  | { readonly kind: 'failed'; readonly reason: string }
  | Ask;

export type Ask = Extract<NextStep, { kind: 'ask' }> & {
  /** The index of the request. */
  readonly index: number;
};

/** The factors that Actions request, as a step of an authorization request. */
export interface FactorStep {
  readonly dialogs: FactorDialogs;
  /** The status of the requests. Without a dialog, the user has not begun. */
  status(
    ctx: WebContext | OidcContext,
    user: UserRecord,
    requests: readonly FactorRequest[],
    passed: readonly PassedFactor[],
    dialog?: FactorDialog,
  ): FactorStatus;
  /**
   * The factors that a resumed login has passed: earlier ones, and those of the pages that the browser returns from. The
   * latter are stored with the session.
   *
   * @throws `access_denied` if the login has failed, or a request is not met.
   */
  conclude(
    ctx: OidcContext,
    login: { readonly user: UserRecord; readonly session: FactorSession },
    suspended: SuspendedLogin,
    interaction: Interaction | undefined,
  ): readonly PassedFactor[];
  /** Begins the dialog and returns the path of the first page. */
  begin(interaction: Interaction): string;
}

/**
 * Creates the step that asks for factors.
 *
 * @example
 * const factorStep = createFactorStep(store);
 * const status = factorStep.status(ctx, user, outcome.asked, []);
 */
export function createFactorStep(store: Store): FactorStep {
  const dialogs = new FactorDialogs(store);
  const status: FactorStep['status'] = (ctx, user, requests, before, dialog) => {
    if (dialog?.failure !== undefined) return { kind: 'failed', reason: dialog.failure };
    const passed = [...before, ...(dialog?.passed ?? [])];
    const context = {
      user,
      passed: new Set<string>(passed.map(({ type }) => type)),
      remembered: isRemembered(store, ctx, user.user_id),
    };
    for (const [index, request] of requests.entries()) {
      if (index < (dialog?.met ?? 0)) continue;
      const next = nextStep(store, request, context);
      if (next.kind === 'impossible') return { kind: 'failed', reason: next.reason };
      if (next.kind === 'ask') return { ...next, index };
    }
    return { kind: 'done', passed };
  };
  return {
    dialogs,
    status,
    conclude(ctx, { user, session }, { requests, passed = [] }, interaction) {
      if (requests === undefined) return passed;
      const state = interaction?.uid ?? '';
      const dialog = dialogs.find(state);
      const reached = dialog && status(ctx, user, requests, passed, dialog);
      if (reached?.kind === 'failed') throw new errors.AccessDenied(reached.reason);
      if (reached?.kind !== 'done') throw new errors.AccessDenied(MFA_REQUIRED);
      dialogs.remove(state);
      saveSessionFactors(store, session, dialog?.passed ?? []);
      return reached.passed;
    },
    begin(interaction) {
      dialogs.begin(interaction.uid, interaction.session?.accountId ?? '');
      const { url } = interaction.prompt.details as unknown as SuspendedLogin;
      return addressOf(url, interaction.uid);
    },
  };
}

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

/** The path of a page for the login with that state. */
export function addressOf(page: string, state: string): string {
  return `/u/${page}?state=${encodeURIComponent(state)}`;
}
