import type { Database } from '../../database.ts';
import type { SettingsRepository } from '../../store.ts';

/** Single values by name. */
export function createSettingsRepository(database: Database): SettingsRepository {
  return {
    get(name) {
      const row = database.first('SELECT value FROM settings WHERE name = ?', name);
      return row === undefined ? undefined : JSON.parse(String(row.value));
    },
    set(name, value) {
      database.run(
        'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        name,
        JSON.stringify(value),
      );
    },
  };
}
