import type { LoginTransaction, PostLoginOutcome } from '../actions/login-transaction.ts';
import { claimsForScopes } from '../authentication/tokens/profile-claims.ts';
import type { ExecutionRecord } from '../store/action-records.ts';
import type { JsonValue, LogRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

/** So many are kept; they are gone when the tenant stops. */
const most = 200;
/** How long after the Actions an entry of the log may belong to a login: the exchange of the code comes behind it. */
const afterwardsMs = 15_000;

type Claims = Readonly<Record<string, JsonValue>>;

/** One run of the Actions within a login: the first, or one that took it up again. */
export interface LoginPass {
  readonly at: string;
  readonly ms: number;
  readonly outcome: PostLoginOutcome['kind'];
  /** Why, or where to. */
  readonly note?: string;
  readonly executions: readonly string[];
}

/** A login as the console tells it. */
export interface JournalledLogin {
  readonly id: string;
  readonly at: string;
  readonly application: { readonly id: string; readonly name: string };
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email?: string;
    readonly emailVerified: boolean;
  };
  readonly connection: string;
  readonly protocol: string;
  readonly prompt: readonly string[];
  readonly redirectUri?: string;
  readonly requestedScopes: readonly string[];
  readonly audience?: string;
  readonly methods: readonly { readonly name: string; readonly timestamp: string }[];
  readonly session?: { readonly id: string; readonly createdAt: string; readonly authenticatedAt: string };
  readonly passes: LoginPass[];
  /** Claims of the ID token without any Action. */
  readonly claimsBefore: Claims;
  /** What the Actions put into the tokens; there once a login has gone through. */
  effects?: {
    readonly idToken: Claims;
    readonly accessToken: Claims;
    readonly addedScopes: readonly string[];
    readonly removedScopes: readonly string[];
  };
}

/** A login with everything that is known of it. */
export interface LoginDocument extends JournalledLogin {
  readonly executions: readonly ExecutionRecord[];
  /** What the tenant logged of the person meanwhile, and of requests that came while the Actions ran. */
  readonly logs: readonly Pick<LogRecord, 'log_id' | 'date' | 'type' | 'description' | 'client_name'>[];
}

/** The latest logins, for whoever looks at them in the console. */
export class LoginJournal {
  readonly #store: Store;
  readonly #logins = new Map<string, JournalledLogin>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Notes that Actions ran in a login, and how that ended. */
  note(transaction: LoginTransaction, outcome: PostLoginOutcome, began: number): void {
    const login = this.#logins.get(transaction.id) ?? beginningOf(transaction, began);
    const note = noteOf(outcome);
    login.passes.push({
      at: new Date(began).toISOString(),
      ms: Date.now() - began,
      outcome: outcome.kind,
      ...(note !== undefined && { note }),
      executions: outcome.executions,
    });
    if (outcome.kind === 'continue') {
      const { idTokenClaims, accessTokenClaims, addedScopes, removedScopes } = outcome.effects;
      login.effects = { idToken: idTokenClaims, accessToken: accessTokenClaims, addedScopes, removedScopes };
    }
    this.#logins.set(transaction.id, login);
    const [oldest] = this.#logins.keys();
    if (this.#logins.size > most && oldest !== undefined) this.#logins.delete(oldest);
  }

  /** The latest first. */
  list(): JournalledLogin[] {
    return [...this.#logins.values()].reverse();
  }

  find(id: string): LoginDocument | undefined {
    const login = this.#logins.get(id);
    if (login === undefined) return undefined;
    const executions = [...new Set(login.passes.flatMap((pass) => pass.executions))]
      .map((execution) => this.#store.executions.find(execution))
      .filter((execution) => execution !== undefined);
    return { ...login, executions, logs: this.#logsOf(login) };
  }

  #logsOf(login: JournalledLogin): LoginDocument['logs'] {
    const { rows } = this.#store.logs.list({}, { page: 0, perPage: 500 });
    const start = Date.parse(login.at) - 1000;
    const last = login.passes.at(-1);
    const end = last === undefined ? start : Date.parse(last.at) + last.ms;
    return rows
      .filter(({ date, user_id, type }) => {
        const at = Date.parse(date);
        if (at < start) return false;
        return user_id === login.user.id ? at <= end + afterwardsMs : at <= end && fromPrograms.has(type);
      })
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

function beginningOf(transaction: LoginTransaction, began: number): JournalledLogin {
  const { user, client } = transaction;
  return {
    id: transaction.id,
    at: new Date(began).toISOString(),
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
