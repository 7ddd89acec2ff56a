import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** Single values by name: the tenant's settings and its internal state. */
export interface SettingsRepository {
  get(name: string): JsonValueOrNothing;
  set(name: string, value: JsonObject | string | number | boolean): void;
}

type JsonValueOrNothing = JsonObject | string | number | boolean | undefined;

/** Single values by name. */
export function createSettingsRepository(database: Database): SettingsRepository {
  const remembered = database.remember<{ readonly value: JsonValueOrNothing }>(['settings']);
  return {
    get: (name) =>
      remembered.get(name, () => {
        const row = database.first('SELECT value FROM settings WHERE name = ?', name);
        return { value: row === undefined ? undefined : JSON.parse(String(row.value)) };
      }).value,
    set(name, value) {
      database.run(
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        name,
        JSON.stringify(value),
      );
    },
  };
}
