import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { LOGIN_LIFETIME, type PassedFactor } from '../authorize/suspended-login.ts';

/** The state of the pages for factors in one login. Plain JSON. */
export interface FactorDialog {
  readonly userId: string;
  /** The number of requests that are met. */
  readonly met: number;
  readonly passed: readonly PassedFactor[];
  /** The last prompt whose start was logged. */
  readonly loggedStart?: string;
  /** The secret of the authenticator app that the user is enrolling. */
  readonly secret?: string;
  readonly mail?: { readonly digest: string; readonly goodUntil: number };
  readonly mails: number;
  readonly wrong: number;
  /** Shown until the user confirms it; `extra` if no Action requested it. */
  readonly recovery?: { readonly code: string; readonly extra: boolean };
  /** The reason why the login fails. */
  readonly failure?: string;
}

const KIND = 'FactorDialog';

/** Begins the pages for factors of a login. */
export function beginFactorDialog(store: Store, state: string, userId: string): void {
  saveFactorDialog(store, state, { userId, met: 0, passed: [], mails: 0, wrong: 0 });
}

/** The state of the pages for factors, by the login's `state`. */
export function findFactorDialog(store: Store, state: string): FactorDialog | undefined {
  return store.artifacts.find(KIND, state) as unknown as FactorDialog | undefined;
}

export function saveFactorDialog(store: Store, state: string, dialog: FactorDialog): void {
  const payload = { ...dialog, accountId: dialog.userId } as unknown as JsonObject;
  store.artifacts.upsert(KIND, state, payload, Math.floor(Date.now() / 1000) + LOGIN_LIFETIME);
}

export function removeFactorDialog(store: Store, state: string): void {
  store.artifacts.remove(KIND, state);
}
