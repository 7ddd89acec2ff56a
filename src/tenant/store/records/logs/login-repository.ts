import type { SQLInputValue } from 'node:sqlite';
import type { Database, Row } from '../../database.ts';
import type { JsonValue } from '../../json-value.ts';
import { yieldToEventLoop } from '../../yield-to-event-loop.ts';

type Claims = Readonly<Record<string, JsonValue>>;

/** One run of the Actions within a login, either the first or one that resumed it, or the tenant's own refusal. */
export interface LoginPass {
  readonly at: string;
  readonly ms: number;
  readonly outcome: 'continue' | 'deny' | 'error' | 'redirect' | 'factors' | 'refused';
  /** The reason, or the redirect's target. */
  readonly note?: string;
  readonly executions: readonly string[];
}

/** A finished login as plain JSON: the user, the application and the outcome. It holds no secret, token or password. */
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
  /** Changes that the Actions made to the tokens. Present once a login has succeeded. */
  readonly effects?: {
    readonly idToken: Claims;
    readonly accessToken: Claims;
    readonly addedScopes: readonly string[];
    readonly removedScopes: readonly string[];
  };
}

/** A part of the list of logins: after a place, before a place, or from the newest on. */
export interface LoginQuery {
  /** Each word must occur in a name, an address or an id of the user or the application. Case does not matter. */
  readonly words: readonly string[];
  readonly limit: number;
  /** Logins before this place, newest first. */
  readonly before?: number;
  /** Logins after this place, oldest first. */
  readonly after?: number;
}

export interface LoginRepository {
  /** Other requests are served while a long list is searched. */
  list(query: LoginQuery): Promise<{ readonly place: number; readonly login: LoginRecord }[]>;
  find(id: string): LoginRecord | undefined;
  insert(record: LoginRecord): void;
  update(record: LoginRecord): void;
}

/** This many logins are searched before other requests are served: some milliseconds. */
const SLICE = 10_000;

/** All logins, in the order in which they began. */
export function createLoginRepository(database: Database): LoginRepository {
  const endOfList = (end: 'min' | 'max') =>
    Number(database.first(`SELECT ${end}(sequence) AS place FROM logins`)?.place ?? 0);

  /** Places of the logins that match the words, read slice by slice until there are enough. */
  async function findPlaces({ words, limit, before, after }: LoginQuery): Promise<number[]> {
    const condition = words.map(() => 'AND instr(words, ?) > 0').join(' ');
    const values: SQLInputValue[] = words.map((word) => word.toLowerCase());
    const [first, last] = [endOfList('min'), endOfList('max')];
    const places: number[] = [];
    const readSlice = (from: number, direction: 'ASC' | 'DESC') =>
      database.all(
        `SELECT sequence FROM logins INDEXED BY logins_by_words
         WHERE sequence >= ? AND sequence < ? ${condition} ORDER BY sequence ${direction} LIMIT ?`,
        from,
        from + SLICE,
        ...values,
        limit - places.length,
      );
    const take = (rows: Row[]) => places.push(...rows.map(({ sequence }) => Number(sequence)));
    if (after !== undefined) {
      for (let from = Math.max(after + 1, first); from <= last && places.length < limit; from += SLICE) {
        take(readSlice(from, 'ASC'));
        await yieldToEventLoop();
      }
      return places;
    }
    for (let to = Math.min(before ?? last + 1, last + 1); to > first && places.length < limit; to -= SLICE) {
      take(readSlice(to - SLICE, 'DESC'));
      await yieldToEventLoop();
    }
    return places;
  }

  return {
    async list(query) {
      const places = await findPlaces(query);
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
        searchText(record),
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run('UPDATE logins SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
  };
}

/** The text that a search for a login looks in. */
function searchText({ user, application }: LoginRecord): string {
  return [user.email, user.name, user.id, application.name, application.id].join('\n').toLowerCase();
}
