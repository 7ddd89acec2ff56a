import type { LoginTransaction, PostLoginOutcome, PostLoginTrigger } from '../actions/run/login-transaction.ts';
import { isConsole } from '../administrator/console-access.ts';
import type { Store } from '../store/store.ts';
import type { LoginJournal } from './login-journal.ts';

/**
 * The post-login trigger of everybody but the console: as at Auth0, whose dashboard no Action of a tenant can shut. An Action
 * that refuses everybody can be taken out of the flow again. What comes of the others is written into the journal, whether
 * the tenant has a console or not: it may have one at its next start.
 *
 * @example
 * const postLogin = consoleTrigger(store, engine.postLogin, new LoginJournal(store));
 */
export function consoleTrigger(store: Store, trigger: PostLoginTrigger, journal: LoginJournal): PostLoginTrigger {
  async function noted(transaction: LoginTransaction, work: () => Promise<PostLoginOutcome>) {
    const began = Date.now();
    const outcome = await work();
    withoutASay(() => journal.note(transaction, outcome, began));
    return outcome;
  }
  return {
    run: async (transaction) =>
      isConsole(store, transaction.client) ? untouched : noted(transaction, () => trigger.run(transaction)),
    resume: (transaction, suspended) => noted(transaction, () => trigger.resume(transaction, suspended)),
    refused(transaction, reason) {
      if (!isConsole(store, transaction.client)) withoutASay(() => journal.refuse(transaction, reason));
    },
  };
}

/** Whoever writes down what happens has no say in it. */
function withoutASay(write: () => void): void {
  try {
    write();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

const untouched: PostLoginOutcome = {
  kind: 'continue',
  effects: {
    idTokenClaims: {},
    accessTokenClaims: {},
    addedScopes: [],
    removedScopes: [],
    transactionMetadata: {},
  },
  executions: [],
};
