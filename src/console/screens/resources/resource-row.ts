import { isObject, type JsonObject } from './json-object.ts';
import { isParameter, type ResourceNode } from './resource-tree.ts';

/** Members that name a thing, the best first. */
const nameMembers = [
  'display_name',
  'friendly_name',
  'name',
  'title',
  'email',
  'domain',
  'template',
  'identifier',
  'slug',
];
/** Members that say the most about a thing in a list. `name` is one where another member is the title. */
const telling =
  /^(name|strategy|type|status|state|enabled|is_.*|app_type|trigger.*|connection|role|audience|sink|provider|kind|current|revoked|active|order|kty|alg|log_type|description|email)$/;
const dates = /(_at|_on|date|since|until)$/;

/**
 * The value of a thing for the parameter of its path: its id under the parameter's name, or under the usual ones.
 *
 * @param parameter the place below the list
 * @example
 * idOf({ client_id: 'a', name: 'Shop' }, clientParameter) // 'a'
 */
export function idOf(row: unknown, parameter: ResourceNode): string | undefined {
  if (typeof row === 'string') return row;
  if (!isObject(row)) return undefined;
  const list = parameter.parent?.segment ?? '';
  const own = snake(parameter.parameterName ?? 'id');
  const candidates = [
    own,
    'id',
    `${snake(list).replace(/s$/, '')}_id`,
    ...named(own),
    'user_id',
    'client_id',
    'kid',
    'key',
    'name',
  ];
  for (const name of candidates)
    if (typeof row[name] === 'string' || typeof row[name] === 'number') return String(row[name]);
  const [, first] = Object.entries(row).find(([name, value]) => /_id$/.test(name) && typeof value === 'string') ?? [];
  return typeof first === 'string' ? first : undefined;
}

/** `connection_id` may be an object of its own: `connection.id`. */
function named(own: string): string[] {
  return own.endsWith('_id') ? [own.slice(0, -3)] : [];
}

function snake(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll('-', '_')
    .toLowerCase();
}

/** The name of a thing, for headings and for the first column of a list. */
export function titleOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value)) return undefined;
  const found = nameMembers.map((name) => value[name]).find((one) => typeof one === 'string' && one !== '');
  if (typeof found === 'string') return found;
  // An invitation is known by who is invited.
  const inside = [value.invitee, ...Object.values(value)].find((one) => isObject(one) && titleOf(one) !== undefined);
  return inside === undefined ? undefined : titleOf(inside);
}

/** The members that a list shows beside the name, at most four: the id, what says the most, and a date. */
export function columnsOf(rows: readonly JsonObject[], parameter: ResourceNode | undefined): readonly string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  // A flag that none of them has says nothing.
  const isInformative = (value: unknown, name: string) =>
    value !== null && typeof value !== 'object' && !(value === false && /^(is_|trial_)/.test(name));
  const isPlain = (name: string) =>
    !/(picture|_uri|_url|icon)$/.test(name) && rows.some((row) => isInformative(row[name], name));
  const plainNames = names.filter(isPlain);
  const id = parameter !== undefined && isParameter(parameter) ? idMember(rows, parameter) : undefined;
  const title = nameMembers.find((name) => plainNames.includes(name));
  // The id of the organization that they are part of is the same in all rows, and nothing is found by that of a ticket.
  const isPart = parameter?.path.startsWith('/organizations/{}/') === true;
  const isTelling = (name: string) => !(isPart && /^(organization|ticket)_id$/.test(name));
  const rest = plainNames.filter((name) => name !== id && name !== title && isTelling(name));
  const chosen = [
    ...rest.filter((name) => telling.test(name)),
    ...rest.filter((name) => !telling.test(name) && !dates.test(name)),
  ].slice(0, 2);
  const date = rest.find((name) => dates.test(name) && !chosen.includes(name));
  return [...(id !== undefined && title !== undefined ? [id] : []), ...chosen, ...(date !== undefined ? [date] : [])];
}

function idMember(rows: readonly JsonObject[], parameter: ResourceNode): string | undefined {
  const [first] = rows;
  const id = first === undefined ? undefined : idOf(first, parameter);
  return Object.keys(first ?? {}).find((name) => String(first?.[name]) === id && name !== 'name');
}
