import type { LoginTransaction, PostLoginOutcome } from '../actions/run/login-transaction.ts';
import { claimsForScopes } from '../authentication/tokens/profile-claims.ts';
import { logIdAt } from '../logs/tenant-log.ts';
import type { ExecutionRecord } from '../store/records/actions/execution-repository.ts';
import type { LogRecord } from '../store/records/logs/log-record.ts';
import type { LoginPass, LoginRecord } from '../store/records/logs/login-repository.ts';
import type { Store } from '../store/store.ts';
import { LoginSecrets } from './login-secrets.ts';

/** How long after the Actions an entry of the log may belong to a login: the exchange of the code comes behind it. */
const afterwardsMs = 15_000;
/** Entries of the log that are looked at for one login. */
const mostEntries = 500;

/** A login with everything that is known of it. */
export interface LoginDocument extends LoginRecord {
  /** Those of its Actions that are still kept. */
  readonly executions: readonly ExecutionRecord[];
  /** What the tenant logged of the person meanwhile, and of requests that came while the Actions ran. */
  readonly logs: readonly Pick<LogRecord, 'log_id' | 'date' | 'type' | 'description' | 'client_name'>[];
}

/**
 * Every login, for whoever looks at it in the console. It is kept as the log is, for as long as the data.
 *
 * @example
 * journal.note(transaction, outcome, began);
 * journal.find(transaction.id)?.passes.at(-1)?.outcome // 'continue'
 */
export class LoginJournal {
  readonly #store: Store;
  readonly #secrets: LoginSecrets;

  constructor(store: Store) {
    this.#store = store;
    this.#secrets = new LoginSecrets(store);
  }

  /** Notes that it was the Actions' turn in a login, and how that ended. */
  note(transaction: LoginTransaction, outcome: PostLoginOutcome, began: number): void {
    const { executions } = outcome;
    const note = noteOf(outcome);
    const mask = this.#secrets.maskFor(executions);
    const effects = effectsOf(outcome);
    this.#keep(
      transaction,
      {
        at: new Date(began).toISOString(),
        ms: Date.now() - began,
        outcome: outcome.kind,
        ...(note !== undefined && { note: withoutTokens(mask(note)) }),
        executions,
      },
      effects && mask(effects),
    );
  }

  /** Notes that the tenant itself has refused a login, be it before the Actions or in spite of what they said. */
  refuse(transaction: LoginTransaction, reason: string): void {
    const last = this.#store.logins.find(transaction.id)?.passes.at(-1)?.outcome;
    // What the Actions refused has been told.
    if (last === 'deny' || last === 'error') return;
    const at = new Date().toISOString();
    this.#keep(transaction, { at, ms: 0, outcome: 'refused', note: reason, executions: [] });
  }

  find(id: string): LoginDocument | undefined {
    const login = this.#store.logins.find(id);
    if (login === undefined) return undefined;
    const executions = [...new Set(login.passes.flatMap((pass) => pass.executions))]
      .map((execution) => this.#store.executions.find(execution))
      .filter((execution) => execution !== undefined);
    return { ...login, executions, logs: this.#logsOf(login) };
  }

  #keep(transaction: LoginTransaction, pass: LoginPass, effects?: LoginRecord['effects']): void {
    const { logins } = this.#store;
    const earlier = logins.find(transaction.id);
    // What the Actions said counts no more where the tenant refuses the login all the same.
    const { effects: _overtaken, ...login } = earlier ?? beginningOf(transaction, pass.at);
    const record = { ...login, passes: [...login.passes, pass], ...(effects && { effects }) };
    if (earlier === undefined) logins.insert(record);
    else logins.update(record);
  }

  #logsOf(login: LoginRecord): LoginDocument['logs'] {
    const from = logIdAt(new Date(Date.parse(login.at) - 1000));
    const last = login.passes.at(-1);
    const end = Date.parse(last?.at ?? login.at) + (last?.ms ?? 0);
    const page = { page: 0, perPage: mostEntries };
    const theirs = this.#store.logs.list({ from, userId: login.user.id }, page).rows;
    const others = this.#store.logs.list({ from }, page).rows;
    return [
      ...theirs.filter(({ date }) => Date.parse(date) <= end + afterwardsMs),
      ...others.filter(
        ({ date, type, user_id }) => user_id !== login.user.id && Date.parse(date) <= end && fromPrograms.has(type),
      ),
    ]
      .map(({ log_id, date, type, description, client_name }) => ({
        log_id,
        date,
        type,
        description,
        ...(client_name !== undefined && { client_name }),
      }))
      .sort((one, other) => (one.log_id < other.log_id ? -1 : 1));
  }
}

/** What an Action's own requests to the tenant leave in its log. */
const fromPrograms = new Set(['seccft', 'feccft', 'sapi', 'mgmt_api_read', 'api_limit']);

function beginningOf(transaction: LoginTransaction, at: string): LoginRecord {
  const { user, client } = transaction;
  return {
    id: transaction.id,
    at,
    application: { id: client.client_id, name: client.name },
    user: {
      id: user.user_id,
      name: user.name ?? user.email ?? user.user_id,
      emailVerified: user.email_verified,
      ...(user.email !== undefined && { email: user.email }),
    },
    connection: transaction.connection.name,
    protocol: transaction.protocol,
    prompt: transaction.prompt,
    requestedScopes: transaction.requestedScopes,
    methods: transaction.authenticationMethods.map(({ name, timestamp }) => ({ name, timestamp })),
    passes: [],
    claimsBefore: claimsForScopes(user, transaction.requestedScopes),
    ...(transaction.redirectUri !== undefined && { redirectUri: transaction.redirectUri }),
    ...(transaction.resourceServer !== undefined && { audience: transaction.resourceServer }),
    ...(transaction.session !== undefined && { session: transaction.session }),
  };
}

function effectsOf(outcome: PostLoginOutcome): LoginRecord['effects'] {
  if (outcome.kind !== 'continue') return undefined;
  const { idTokenClaims, accessTokenClaims, addedScopes, removedScopes } = outcome.effects;
  return { idToken: idTokenClaims, accessToken: accessTokenClaims, addedScopes, removedScopes };
}

function noteOf(outcome: PostLoginOutcome): string | undefined {
  switch (outcome.kind) {
    case 'deny':
      return outcome.reason;
    case 'error':
      return outcome.message;
    case 'redirect':
      return outcome.url;
    case 'factors':
      return outcome.asked.map((asked) => JSON.stringify(asked)).join(', ');
    case 'continue':
      return undefined;
  }
}

/** A signed token goes along with a redirect to say who comes: whoever has it could say so as well. */
function withoutTokens(note: string): string {
  return note.replace(/\b[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, '[token]');
}
