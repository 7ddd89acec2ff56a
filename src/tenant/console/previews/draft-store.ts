import { type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { StoredRecord } from '../../store/record-table.ts';
import type { Store } from '../../store/store.ts';

/** A record as a form of the console has it, before it is saved. */
export interface Draft {
  /** The path of the resource: `/branding`. */
  readonly kind: string;
  readonly id: string;
  readonly members: JsonObject;
}

/**
 * The tenant's data with a draft in place of one record. Nothing is written. Everything that reads records sees the draft.
 *
 * @example
 * brandingOf(withDraft(store, { kind: '/branding', id: '', members: { value: { colors: { primary: '#0b7a75' } } } }));
 */
export function withDraft(store: Store, { kind, id, members }: Draft): Store {
  const now = new Date().toISOString();
  const draft: StoredRecord = { id, parent: '', created_at: now, updated_at: now, members };
  const isPlace = (place: { readonly kind: string; readonly parent?: string }) =>
    place.kind === kind && (place.parent ?? '') === '';
  const records: Store['records'] = {
    ...store.records,
    find: (place, wanted) => (isPlace(place) && wanted === id ? draft : store.records.find(place, wanted)),
    at(place) {
      const stored = store.records.at(place);
      if (!isPlace(place)) return stored;
      return stored.some((record) => record.id === id)
        ? stored.map((record) => (record.id === id ? draft : record))
        : [...stored, draft];
    },
  };
  return { ...store, records };
}

/** The tenant's data, as if it had enabled a language too. */
export function withLanguage(store: Store, language: string): Store {
  const settings = objectOf(store.settings.get('tenant_settings'));
  const { enabled_locales: enabled } = settings;
  const locales: JsonValue[] = Array.isArray(enabled) ? [...enabled, language] : ['en', language];
  return {
    ...store,
    settings: {
      ...store.settings,
      get: (name) =>
        name === 'tenant_settings' ? { ...settings, enabled_locales: locales } : store.settings.get(name),
    },
  };
}

/** Members of a draft over the stored ones; `null` removes a member. */
export function draftOver(stored: JsonObject | undefined, draft: JsonObject): JsonObject {
  const merged = { ...stored, ...draft };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}
