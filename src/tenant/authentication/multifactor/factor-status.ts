import type { FactorRequest } from '../../factors/factor-requests.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import type { PassedFactor } from '../authorize/suspended-login.ts';
import type { FactorDialog } from './factor-dialogs.ts';
import { type NextStep, nextStep } from './next-step.ts';
import { type Cookies, isRemembered } from './remembered-browser.ts';

/** How far the user has met the factor requests of a login's Actions. */
export type FactorStatus =
  | { readonly kind: 'done'; readonly passed: readonly PassedFactor[] }
  | { readonly kind: 'failed'; readonly reason: string }
  | Ask;

export type Ask = Extract<NextStep, { kind: 'ask' }> & {
  /** The index of the request. */
  readonly index: number;
};

/**
 * How far the user has met the requests. Without a dialog, the user has not begun.
 *
 * @param before the factors that the user passed earlier in the login
 * @example
 * const status = factorStatus(store, ctx, user, outcome.asked, []);
 */
export function factorStatus(
  store: Store,
  ctx: Cookies,
  user: UserRecord,
  requests: readonly FactorRequest[],
  before: readonly PassedFactor[],
  dialog?: Pick<FactorDialog, 'met' | 'passed' | 'failure'>,
): FactorStatus {
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
}
