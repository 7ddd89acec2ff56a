import type { SQLInputValue } from 'node:sqlite';
import type { Database, Row } from '../../database.ts';
import type { JsonValue } from '../../json-value.ts';
import { yieldToEventLoop } from '../../yield-to-event-loop.ts';

type Claims = Readonly<Record<string, JsonValue>>;

/** How and when the user has authenticated. `type` is the factor, if the name is `mfa`. */
type LoginMethods = readonly { readonly name: string; readonly timestamp: string; readonly type?: string }[];

/** One run of the Actions within a login, either the first or one that resumed it, or the tenant's own refusal. */
export interface LoginPass {
  readonly at: string;
  readonly ms: number;
  readonly outcome: 'continue' | 'deny' | 'error' | 'redirect' | 'factors' | 'refused';
  /** The reason, or the redirect's target. */
  readonly note?: string;
  readonly executions: readonly string[];
  /** All methods by then, if there are more than at first. */
  readonly methods?: LoginMethods;
}

/** The part of a login that Actions see beside its user and application. Parameters that may be secret are left out. */
export interface LoginCircumstances {
  readonly request: {
    readonly ip: string;
    readonly method: string;
    readonly hostname: string;
    readonly query: Readonly<Record<string, string>>;
    readonly userAgent?: string;
    readonly language?: string;
  };
  readonly responseType: readonly string[];
  readonly responseMode?: string;
  readonly acrValues: readonly string[];
  readonly uiLocales: readonly string[];
  readonly locale: string;
  readonly loginHint?: string;
  /** Its id. */
  readonly organization?: string;
  readonly customDomain?: string;
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
  readonly methods: LoginMethods;
  readonly session?: {
    readonly id: string;
    readonly createdAt: string;
    readonly authenticatedAt: string;
    /** Whether the user signed in for this login. Absent from logins that an earlier version recorded. */
    readonly signedIn?: boolean;
  };
  readonly passes: readonly LoginPass[];
  /** Absent from logins that an earlier version recorded. */
  readonly circumstances?: LoginCircumstances;
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

/** A login without its details, for counts. */
export interface LoginOutcome {
  readonly at: string;
  readonly outcome: LoginPass['outcome'];
  readonly note?: string;
  /** A line that one of its Actions wrote about its decision: a JSON object with a member `decision`. */
  readonly decision?: string;
}

export interface LoginRepository {
  /** Other requests are served while a long list is searched. */
  list(query: LoginQuery): Promise<{ readonly place: number; readonly login: LoginRecord }[]>;
  /**
   * The outcomes of the logins since a time, latest first, at most `limit`. Other requests are served meanwhile.
   *
   * @example
   * await store.logins.outcomes('2026-12-01T00:00:00.000Z', 20_000)
   */
  outcomes(since: string, limit: number): Promise<LoginOutcome[]>;
  find(id: string): LoginRecord | undefined;
  insert(record: LoginRecord): void;
  update(record: LoginRecord): void;
}

/** This many logins are searched before other requests are served: some milliseconds. */
const SLICE = 10_000;
/** This many whole records are read before other requests are served. */
const RECORD_SLICE = 500;

const OUTCOMES = `
SELECT record ->> '$.at' AS at, record ->> '$.passes[#-1].outcome' AS outcome, record ->> '$.passes[#-1].note' AS note, (
  SELECT line.value ->> 'text'
  FROM json_each(login.record, '$.passes') AS pass, json_each(pass.value, '$.executions') AS run
  JOIN executions AS execution ON execution.id = run.value,
  json_each(execution.record, '$.results') AS result, json_each(result.value, '$.console') AS line
  WHERE line.value ->> 'text' LIKE '{%"decision":"%}'
  LIMIT 1
) AS decision
FROM logins AS login WHERE sequence > ? AND sequence <= ? ORDER BY sequence DESC`;

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
    async outcomes(since, limit) {
      const found: LoginOutcome[] = [];
      const first = endOfList('min');
      for (let to = endOfList('max'); to >= first && found.length < limit; to -= RECORD_SLICE) {
        const rows = database.all(OUTCOMES, to - RECORD_SLICE, to).map(outcomeOfRow);
        const recent = rows.filter(({ at }) => at >= since);
        found.push(...recent);
        if (recent.length < rows.length) break;
        await yieldToEventLoop();
      }
      return found.slice(0, limit);
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

function outcomeOfRow({ at, outcome, note, decision }: Row): LoginOutcome {
  return {
    at: String(at),
    outcome: String(outcome) as LoginOutcome['outcome'],
    ...(typeof note === 'string' && { note }),
    ...(typeof decision === 'string' && { decision }),
  };
}

/** The text that a search for a login looks in. */
function searchText({ user, application }: LoginRecord): string {
  return [user.email, user.name, user.id, application.name, application.id].join('\n').toLowerCase();
}
