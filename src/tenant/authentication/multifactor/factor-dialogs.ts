import type { SimulatedFactor } from '../../factors/factor-requests.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Store } from '../../store/store.ts';
import { LOGIN_LIFETIME } from '../authorize/pending-logins.ts';

/** A factor that the person has proven, and when (ISO 8601). */
export interface PassedFactor {
  readonly type: SimulatedFactor;
  readonly at: string;
}

/** How far a person has come with what the Actions of one login ask for. Plain JSON. */
export interface FactorDialog {
  readonly userId: string;
  /** How many of the requests are met. */
  readonly met: number;
  readonly passed: readonly PassedFactor[];
  /** What the tenant's log knows to have begun, for the present request. */
  readonly begun?: string;
  /** The secret that an authenticator app is being given. */
  readonly secret?: string;
  readonly mail?: { readonly digest: string; readonly goodUntil: number };
  readonly mails: number;
  readonly wrong: number;
  /** Shown until the person says that they have it; `extra` where no Action asked for it. */
  readonly recovery?: { readonly code: string; readonly extra: boolean };
  /** Why the login is to fail. */
  readonly failure?: string;
}

const KIND = 'FactorDialog';

/** What is kept of the pages on which people prove more than their password, by the login's state. */
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
