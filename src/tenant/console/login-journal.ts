import type { LoginTransaction, PostLoginOutcome } from '../actions/run/login-transaction.ts';
import { logIdAt } from '../logs/tenant-log.ts';
import type { ExecutionRecord } from '../store/records/actions/execution-repository.ts';
import type { LogRecord } from '../store/records/logs/log-record.ts';
import type { LoginPass, LoginRecord } from '../store/records/logs/login-repository.ts';
import type { Store } from '../store/store.ts';
import { methodsOf, newLogin, passOf, tokenEffects } from './login-record.ts';
import { LoginSecrets } from './login-secrets.ts';

/** An event this long before the Actions may belong to the login: a sign-up, or a wrong password. */
const SIGN_IN_MS = 1000;
/** Entries of earlier versions do not name their login. One this long after the Actions may belong to it: the exchange of the code. */
const EXCHANGE_DELAY_MS = 15_000;
/** Log entries that are read for one login. */
const MAX_LOG_ENTRIES = 500;

/** A login with all data about it. */
export interface LoginDocument extends LoginRecord {
  /** Executions of its Actions that are still stored. */
  readonly executions: readonly ExecutionRecord[];
  /** Log entries of the login; and of those that name none, the user's during the login, and requests while its Actions ran. */
  readonly logs: readonly Pick<LogRecord, 'log_id' | 'date' | 'type' | 'description' | 'client_name'>[];
}

/**
 * The record of all logins, for the console. It is stored as long as the tenant's data, as the log is.
 *
 * @example
 * journal.recordRun(transaction, outcome, began);
 * journal.find(transaction.id)?.passes.at(-1)?.outcome // 'continue'
 */
export class LoginJournal {
  readonly #store: Store;
  readonly #secrets: LoginSecrets;

  constructor(store: Store) {
    this.#store = store;
    this.#secrets = new LoginSecrets(store);
  }

  /**
   * Records one run of the Actions in a login, and its outcome.
   *
   * @param isFirst whether it is the first run of a new login, of which there is no record yet
   */
  recordRun(transaction: LoginTransaction, outcome: PostLoginOutcome, began: number, isFirst = false): void {
    const mask = this.#secrets.maskFor(outcome.executions);
    const effects = tokenEffects(outcome);
    this.#write(transaction, passOf(outcome, began, mask), { effects: effects && mask(effects), isFirst });
  }

  /** Records that the tenant itself refused a login, before the Actions or despite their outcome. */
  recordRefusal(transaction: LoginTransaction, reason: string): void {
    const last = this.#store.logins.find(transaction.id)?.passes.at(-1)?.outcome;
    // A refusal by the Actions is recorded already.
    if (last === 'deny' || last === 'error') return;
    const at = new Date().toISOString();
    this.#write(transaction, { at, ms: 0, outcome: 'refused', note: reason, executions: [] });
  }

  find(id: string): LoginDocument | undefined {
    const login = this.#store.logins.find(id);
    if (login === undefined) return undefined;
    const executions = [...new Set(login.passes.flatMap((pass) => pass.executions))]
      .map((execution) => this.#store.executions.find(execution))
      .filter((execution) => execution !== undefined);
    return { ...login, executions, logs: this.#findLogs(login) };
  }

  #write(
    transaction: LoginTransaction,
    pass: LoginPass,
    { effects, isFirst = false }: { readonly effects?: LoginRecord['effects']; readonly isFirst?: boolean } = {},
  ): void {
    const { logins } = this.#store;
    const earlier = isFirst ? undefined : logins.find(transaction.id);
    // The Actions' changes do not count if the tenant refuses the login anyway.
    const { effects: _discarded, ...login } = earlier ?? newLogin(transaction, pass.at);
    const methods = methodsOf(transaction);
    const more = methods.length > login.methods.length && { methods };
    const record = { ...login, passes: [...login.passes, { ...pass, ...more }], ...(effects && { effects }) };
    if (earlier === undefined) logins.insert(record);
    else logins.update(record);
  }

  #findLogs(login: LoginRecord): LoginDocument['logs'] {
    const { logs } = this.#store;
    const page = { page: 0, perPage: MAX_LOG_ENTRIES };
    const own = logs.list({ login: login.id }, page).rows;
    const from = logIdAt(new Date(Date.parse(login.at) - SIGN_IN_MS));
    const runs = login.passes.map(({ at, ms }) => ({ begin: Date.parse(at), end: Date.parse(at) + ms }));
    const end = (runs.at(-1)?.end ?? Date.parse(login.at)) + (own.length === 0 ? EXCHANGE_DELAY_MS : 0);
    // A logout just before the login ended another session.
    const isOfSession = ({ details }: LogRecord) => (details?.session_id ?? login.session?.id) === login.session?.id;
    const ofUser = logs
      .list({ from, userId: login.user.id }, page)
      .rows.filter((entry) => Date.parse(entry.date) <= end && isOfSession(entry));
    const ofMachines = logs.list({ from }, page).rows.filter(({ date, type, user_id }) => {
      const at = Date.parse(date);
      const isDuringRun = runs.some((run) => run.begin <= at && at <= run.end);
      return user_id !== login.user.id && machineLogTypes.has(type) && isDuringRun;
    });
    return [...own, ...[...ofUser, ...ofMachines].filter((entry) => entry.login === undefined)]
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

/** Types of the log entries that an Action's own requests to the tenant produce. */
const machineLogTypes = new Set(['seccft', 'feccft', 'sapi', 'mgmt_api_read', 'api_limit']);
