import type { LoginTransaction } from '../actions/run/login-transaction.ts';
import type { ReplayLogin } from '../actions/triggers/login-replay.ts';
import type { LoginRecord } from '../store/records/logs/login-repository.ts';
import type { Store } from '../store/store.ts';
import type { LoginDocument } from './login-journal.ts';
import { newLogin, passOf, tokenEffects } from './login-record.ts';

/** The login that the Actions would make of a recorded one now, or why that cannot be known. */
export type ReplayDocument =
  | {
      readonly login: LoginDocument;
      /** Names of the Actions whose draft ran. */
      readonly drafts: readonly string[];
    }
  | { readonly impossible: string };

/**
 * Replays a recorded login with its user, its application and the Actions as they are now. Nothing of it is stored.
 *
 * @param request of the console: `{ id, drafts }`
 * @returns `null` if there is no such login
 * @example
 * await replayOf(store, engine.replay, { id: 'login-1', drafts: true });
 */
export async function replayOf(
  store: Store,
  replay: ReplayLogin,
  { id, drafts }: Readonly<Record<string, unknown>>,
): Promise<ReplayDocument | null> {
  const recorded = typeof id === 'string' ? store.logins.find(id) : undefined;
  if (recorded === undefined) return null;
  const transaction = transactionOf(store, recorded);
  if (typeof transaction === 'string') return { impossible: transaction };
  const began = Date.now();
  const afterFactors = methodsAfterFactors(recorded);
  const { outcome, results, mask, ...ran } = await replay(transaction, {
    drafts: drafts === true,
    ...(afterFactors !== undefined && { afterFactors }),
  });
  const pass = passOf(outcome, began, mask);
  const effects = tokenEffects(outcome);
  const execution = {
    id: outcome.executions[0] ?? '',
    trigger_id: 'post-login',
    status: 'final' as const,
    results: [...results],
    created_at: pass.at,
    updated_at: new Date().toISOString(),
  };
  const login = {
    ...newLogin(transaction, pass.at),
    passes: [pass],
    ...(effects && { effects: mask(effects) }),
    executions: results.length === 0 ? [] : [execution],
    logs: [],
  };
  return { login, drafts: ran.drafts };
}

/** How the user had authenticated after the factors that the Actions asked for, if the login went on. */
function methodsAfterFactors({ passes, methods }: LoginRecord): LoginRecord['methods'] | undefined {
  const suspended = passes.findIndex(({ outcome }) => outcome === 'factors');
  const next = suspended === -1 ? undefined : passes[suspended + 1];
  return next && (next.methods ?? methods);
}

/** The login as its Actions would see it now, or why it cannot be one. */
function transactionOf(store: Store, login: LoginRecord): LoginTransaction | string {
  const { circumstances, session, audience, redirectUri } = login;
  if (circumstances === undefined)
    return 'An earlier version recorded this login, without all that its Actions have seen. Sign in once more.';
  const user = store.users.find(login.user.id);
  if (user === undefined) return 'The user of this login does not exist any more.';
  const client = store.clients.find(login.application.id);
  if (client === undefined) return 'The application of this login does not exist any more.';
  const connection = store.connections.findByName(login.connection);
  if (connection === undefined) return 'The connection of this login does not exist any more.';
  const { organization: organizationId, request, ...others } = circumstances;
  const organization = organizationId === undefined ? undefined : store.organizations.find(organizationId);
  if (organizationId !== undefined && organization === undefined)
    return 'The organization of this login does not exist any more.';
  return {
    ...others,
    id: login.id,
    user,
    client,
    connection,
    protocol: login.protocol as LoginTransaction['protocol'],
    prompt: login.prompt,
    requestedScopes: login.requestedScopes,
    authenticationMethods: login.methods,
    request: { ...request, body: {} },
    ...(organization !== undefined && { organization }),
    ...(redirectUri !== undefined && { redirectUri }),
    ...(audience !== undefined && { resourceServer: audience }),
    ...(session !== undefined && { session }),
  };
}
