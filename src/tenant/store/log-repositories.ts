import type { LoginRecord } from './login-record.ts';
import type { LogRecord } from './records.ts';
import type { Order, Search } from './search/search.ts';
import type { Page, Paging } from './store.ts';

/** What is looked for in the log. */
export interface LogAsked {
  readonly search: Search;
  readonly order?: Order | undefined;
  /** Aborted where nobody waits for the answer any more: a long search ends then, with what it has found. */
  readonly signal?: AbortSignal;
}

export interface LogRepository {
  list(filter: { type?: string; userId?: string; from?: string }, paging: Paging): Page<LogRecord>;
  /**
   * The latest first unless said otherwise. Where no index finds it, others have their turn while the log is looked through.
   *
   * @param counted whether the total will be asked for
   */
  search(asked: LogAsked, paging: Paging, counted: boolean): Promise<Page<LogRecord>>;
  find(logId: string): LogRecord | undefined;
  /** How many entries of each type a day has; days as `20261123`, in order. */
  countByDay(types: readonly string[], from: string, to: string): { day: string; type: string; count: number }[];
  insert(record: LogRecord): void;
}

/** A part of the list of logins: behind a place in it, or before one, or from the latest on. */
export interface LoginsAsked {
  /** Each of these is in a name, an address or an id of the person or of the application, in whatever case. */
  readonly words: readonly string[];
  readonly limit: number;
  /** Those that came before this one, the latest first. */
  readonly before?: number;
  /** Those that came after this one, the earliest first. */
  readonly after?: number;
}

export interface LoginRepository {
  /** Others have their turn while a long list is searched. */
  list(asked: LoginsAsked): Promise<{ readonly place: number; readonly login: LoginRecord }[]>;
  find(id: string): LoginRecord | undefined;
  insert(record: LoginRecord): void;
  update(record: LoginRecord): void;
}
