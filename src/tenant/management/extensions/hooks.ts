import { randomInt } from 'node:crypto';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { RecordPlace } from '../../store/record-table.ts';
import { ApiError, conflict, notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection, type ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';

const path = '/hooks';
const secretsPath = `${path}/{id}/secrets`;
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const missing = () => notFound('Error: Hook does not exist', 'HookDoesNotExist');

const hooks = collection({
  path,
  called: 'hook',
  id: () => `01${Array.from({ length: 24 }, () => crockford[randomInt(32)]).join('')}`,
  missing,
  defaults: { dependencies: {}, enabled: false },
  unique: {
    of: ({ name }) => String(name),
    refuse: () => conflict('A hook with the same name already exists.', 'conflict'),
  },
  filter: ({ members }, { enabled, triggerId }) =>
    (enabled === undefined || (members.enabled ?? false) === enabled) &&
    (triggerId === undefined || members.triggerId === triggerId),
});

/**
 * Hooks and their secrets: `/hooks`. They are stored and never run: Auth0 has replaced them by Actions.
 *
 * @see https://auth0.com/docs/customize/hooks
 */
export function hookOperations(dependencies: ManagementDependencies): Operation[] {
  const { store } = dependencies;
  const placeOf = (id: string) => {
    if (store.records.find({ kind: path }, id) === undefined) throw missing();
    return { kind: secretsPath, parent: `hooks/${id}` };
  };
  const secretsAt = (place: RecordPlace) => objectOf(store.records.find(place, 'secrets')?.members);
  const change = (description: string, changed: (stored: JsonObject, sent: JsonObject) => JsonObject) => ({
    description,
    handle: ({ params, body }: ResourceCall) => {
      const place = placeOf(String(params.id));
      store.records.put(place, 'secrets', changed(secretsAt(place), body));
      return {};
    },
  });
  const secrets = singleOperations(dependencies, {
    [`GET ${secretsPath}`]: { handle: ({ params }) => hidden(secretsAt(placeOf(String(params.id)))) },
    [`POST ${secretsPath}`]: change('Add hook secrets', (stored, sent) => {
      const existing = Object.keys(sent).find((name) => name in stored);
      if (existing !== undefined) throw conflict(`The secret ${existing} already exists.`, 'conflict');
      return { ...stored, ...sent };
    }),
    [`PATCH ${secretsPath}`]: change('Update hook secrets', (stored, sent) => {
      const unknown = Object.keys(sent).find((name) => !(name in stored));
      if (unknown !== undefined) throw new ApiError(404, `The secret ${unknown} does not exist.`);
      return { ...stored, ...sent };
    }),
    [`DELETE ${secretsPath}`]: change('Delete hook secrets', (stored, sent) => {
      const names = Object.values(sent);
      return Object.fromEntries(Object.entries(stored).filter(([name]) => !names.includes(name)));
    }),
  });
  return [...secrets, ...hooks(dependencies)];
}

/** A secret's value is never answered. */
function hidden(secrets: JsonObject): JsonObject {
  return Object.fromEntries(Object.keys(secrets).map((name) => [name, '_VALUE_NOT_SHOWN_']));
}
