import type { LoginTransaction, PostLoginOutcome, PostLoginTrigger } from '../actions/run/login-transaction.ts';
import { isConsole } from '../administrator/console-access.ts';
import type { Store } from '../store/store.ts';
import type { LoginJournal } from './login-journal.ts';

/**
 * The post-login trigger for all applications except the console. No Action can lock an administrator out of Auth0's Dashboard;
 * in the same way, an Action that refuses every user can still be removed here. All other runs are recorded in the journal,
 * even if the tenant has no console: it may have one at its next start.
 *
 * @example
 * const postLogin = consoleTrigger(store, engine.postLogin, new LoginJournal(store));
 */
export function consoleTrigger(store: Store, trigger: PostLoginTrigger, journal: LoginJournal): PostLoginTrigger {
  async function runAndRecord(transaction: LoginTransaction, isFirst: boolean, work: () => Promise<PostLoginOutcome>) {
    const began = Date.now();
    const outcome = await work();
    warnOnError(() => journal.recordRun(transaction, outcome, began, isFirst));
    return outcome;
  }
  return {
    run: async (transaction) =>
      isConsole(store, transaction.client)
        ? noChanges
        : runAndRecord(transaction, true, () => trigger.run(transaction)),
    resume: (transaction, suspended) => runAndRecord(transaction, false, () => trigger.resume(transaction, suspended)),
    refused(transaction, reason) {
      if (!isConsole(store, transaction.client)) warnOnError(() => journal.recordRefusal(transaction, reason));
    },
  };
}

/** Recording a login must not affect the login. */
function warnOnError(write: () => void): void {
  try {
    write();
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error));
  }
}

const noChanges: PostLoginOutcome = {
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
