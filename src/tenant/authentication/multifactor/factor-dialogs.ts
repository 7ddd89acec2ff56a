import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { LOGIN_LIFETIME } from '../authorize/pending-logins.ts';

/** A factor that the user has passed, and when (ISO 8601). */
export interface PassedFactor {
  readonly type: SimulatedFactor;
  readonly at: string;
}

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

/** Stores the state of the pages for factors, by the login's `state`. */
export class FactorDialogs {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  begin(state: string, userId: string): void {
    this.save(state, { userId, met: 0, passed: [], mails: 0, wrong: 0 });
  }

  find(state: string): FactorDialog | undefined {
    return this.#store.artifacts.find(KIND, state) as unknown as FactorDialog | undefined;
  }

  save(state: string, dialog: FactorDialog): void {
    const payload = { ...dialog, accountId: dialog.userId } as unknown as JsonObject;
    this.#store.artifacts.upsert(KIND, state, payload, Math.floor(Date.now() / 1000) + LOGIN_LIFETIME);
  }

  remove(state: string): void {
    this.#store.artifacts.remove(KIND, state);
  }
}
