import { type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { RoleRecord } from '../../store/records/roles/role-row.ts';
import type { Store } from '../../store/store.ts';

const MOST_ROLES = 1000;

/**
 * Answers `api.roles.getUserEffectiveRoles`, `…ByIds` and `…ByNames`: returns the roles that the user holds now,
 * each `{ id, name, type }`, and `next` if there are more.
 *
 * @throws Error for any other method or argument
 */
export function answerRoles(store: Store, userId: string, method: string, argument: JsonValue): JsonValue {
  const held = store.roles.listByUser(userId, { page: 0, perPage: MOST_ROLES }).rows;
  const parameters = objectOf(argument);
  if (method === 'roles.list') return list(held, parameters);
  if (method === 'roles.byIds') return { roles: held.filter(({ id }) => has(parameters.ids, id)).map(roleObject) };
  if (method === 'roles.byNames')
    return { roles: held.filter(({ name }) => has(parameters.names, name)).map(roleObject) };
  throw new Error(`The tenant does not know the question "${method}".`);
}

/** `next` is the position of the next role, opaque to the Action. */
function list(held: readonly RoleRecord[], { take, from }: JsonObject): JsonValue {
  const start = typeof from === 'string' ? Number(Buffer.from(from, 'base64url').toString()) : 0;
  if (!Number.isSafeInteger(start) || start < 0)
    throw new Error('The "from" parameter is not one that was answered as "next".');
  const end = start + Number(take);
  const roles = held.slice(start, end).map(roleObject);
  return end < held.length ? { roles, next: Buffer.from(String(end)).toString('base64url') } : { roles };
}

function roleObject({ id, name }: RoleRecord): JsonObject {
  return { id, name, type: 'tenant' };
}

function has(list: JsonValue | undefined, value: string): boolean {
  return Array.isArray(list) && list.includes(value);
}
