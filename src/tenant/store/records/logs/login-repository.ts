import type { SQLInputValue } from 'node:sqlite';
import type { Database, Row } from '../../database.ts';
import type { LoginRepository, LoginsAsked } from '../../log-repositories.ts';
import type { LoginRecord } from '../../login-record.ts';
import { letOthersIn } from '../../yield-to-event-loop.ts';

/** So many logins are looked through before others have their turn: some milliseconds. */
const SLICE = 10_000;

/** Every login, in order of its beginning. */
export function createLoginRepository(database: Database): LoginRepository {
  const bound = (end: 'min' | 'max') =>
    Number(database.first(`SELECT ${end}(sequence) AS place FROM logins`)?.place ?? 0);

  /** Places of those that have the words, slice by slice, until there are enough. */
  async function placesOf({ words, limit, before, after }: LoginsAsked): Promise<number[]> {
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
        await letOthersIn();
      }
      return found;
    }
    for (let to = Math.min(before ?? last + 1, last + 1); to > first && found.length < limit; to -= SLICE) {
      take(look(to - SLICE, 'DESC'));
      await letOthersIn();
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
