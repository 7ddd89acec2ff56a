import type { SQLInputValue } from 'node:sqlite';
import type { Database, Row } from '../../database.ts';
import type { JsonValue } from '../../json-value.ts';
import { yieldToEventLoop } from '../../yield-to-event-loop.ts';

type Claims = Readonly<Record<string, JsonValue>>;

/** One run of the Actions within a login, the first or one that took it up again; or the tenant's own refusal. */
export interface LoginPass {
  readonly at: string;
  readonly ms: number;
  readonly outcome: 'continue' | 'deny' | 'error' | 'redirect' | 'factors' | 'refused';
  /** Why, or where to. */
  readonly note?: string;
  readonly executions: readonly string[];
}

/** A login as it is told afterwards, in plain JSON: whose, to what, and what came of it. No secret, no token, no password. */
export interface LoginRecord {
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
  readonly passes: readonly LoginPass[];
  /** Claims of the ID token without any Action. */
  readonly claimsBefore: Claims;
  /** What the Actions put into the tokens; there once a login has gone through. */
  readonly effects?: {
    readonly idToken: Claims;
    readonly accessToken: Claims;
    readonly addedScopes: readonly string[];
    readonly removedScopes: readonly string[];
  };
}

/** A part of the list of logins: behind a place in it, or before one, or from the latest on. */
export interface LoginsQuery {
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
  list(asked: LoginsQuery): Promise<{ readonly place: number; readonly login: LoginRecord }[]>;
  find(id: string): LoginRecord | undefined;
  insert(record: LoginRecord): void;
  update(record: LoginRecord): void;
}

/** So many logins are looked through before others have their turn: some milliseconds. */
const SLICE = 10_000;

/** Every login, in order of its beginning. */
export function createLoginRepository(database: Database): LoginRepository {
  const bound = (end: 'min' | 'max') =>
    Number(database.first(`SELECT ${end}(sequence) AS place FROM logins`)?.place ?? 0);

  /** Places of those that have the words, slice by slice, until there are enough. */
  async function placesOf({ words, limit, before, after }: LoginsQuery): Promise<number[]> {
    const condition = words.map(() => 'AND instr(words, ?) > 0').join(' ');
    const values: SQLInputValue[] = words.map((word) => word.toLowerCase());
    const [first, last] = [bound('min'), bound('max')];
    const found: number[] = [];
    const look = (from: number, direction: 'ASC' | 'DESC') =>
      database.all(
        `SELECT sequence FROM logins INDEXED BY logins_by_words
         WHERE sequence >= ? AND sequence < ? ${condition} ORDER BY sequence ${direction} LIMIT ?`,
        from,
        from + SLICE,
        ...values,
        limit - found.length,
      );
    const take = (rows: Row[]) => found.push(...rows.map(({ sequence }) => Number(sequence)));
    if (after !== undefined) {
      for (let from = Math.max(after + 1, first); from <= last && found.length < limit; from += SLICE) {
        take(look(from, 'ASC'));
        await yieldToEventLoop();
      }
      return found;
    }
    for (let to = Math.min(before ?? last + 1, last + 1); to > first && found.length < limit; to -= SLICE) {
      take(look(to - SLICE, 'DESC'));
      await yieldToEventLoop();
    }
    return found;
  }

  return {
    async list(asked) {
      const places = await placesOf(asked);
      const rows = database.all(
        'SELECT sequence, record FROM logins WHERE sequence IN (SELECT value FROM json_each(?))',
        JSON.stringify(places),
      );
      const logins = new Map(rows.map(({ sequence, record }) => [Number(sequence), JSON.parse(String(record))]));
      return places.map((place) => ({ place, login: logins.get(place) as LoginRecord }));
    },
    find: (id) => database.record('SELECT record FROM logins WHERE id = ?', id),
    insert(record) {
      database.run(
        'INSERT INTO logins (id, words, record) VALUES (?, ?, ?)',
        record.id,
        wordsOf(record),
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run('UPDATE logins SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
  };
}

/** What a login is found by. */
function wordsOf({ user, application }: LoginRecord): string {
  return [user.email, user.name, user.id, application.name, application.id].join('\n').toLowerCase();
}
