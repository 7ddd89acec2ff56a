import type { LoginTransaction, PostLoginOutcome, PostLoginTrigger } from '../actions/login-transaction.ts';
import type { Store } from '../store/store.ts';
import { isConsole } from './console-access.ts';

/**
 * The post-login trigger of everybody but the console: as at Auth0, whose dashboard no Action of a tenant can shut. An Action
 * that refuses everybody can be taken out of the flow again.
 *
 * @example
 * const postLogin = sparingConsole(store, engine.postLogin);
 */
export function sparingConsole(store: Store, trigger: PostLoginTrigger): PostLoginTrigger {
  return {
    run: async (transaction: LoginTransaction) =>
      isConsole(store, transaction.client) ? untouched : trigger.run(transaction),
    resume: (transaction, suspended) => trigger.resume(transaction, suspended),
  };
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
