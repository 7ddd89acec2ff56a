import type { Schema } from './description.ts';

/** The lists of the tenant that a field may choose from. */
export type ReferencedList = 'clients' | 'connections' | 'roles' | 'users' | 'organizations';

/** How a value of a schema is entered. */
export type FieldShape = { readonly isNullable: boolean } & (
  | { readonly kind: 'text'; readonly isLong: boolean; readonly isSecret: boolean; readonly from?: ReferencedList }
  | { readonly kind: 'script' }
  | { readonly kind: 'number' }
  | { readonly kind: 'file' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'choices'; readonly values: readonly string[] }
  | { readonly kind: 'lines'; readonly from?: ReferencedList }
  | { readonly kind: 'group'; readonly properties: readonly Property[] }
  | { readonly kind: 'variants'; readonly variants: readonly Variant[] }
  | { readonly kind: 'json' }
);

export interface Property {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

export interface Variant {
  readonly label: string;
  readonly schema: Schema;
  /** The member and the value that only this variant has, if there is one. */
  readonly mark?: readonly [name: string, value: unknown];
}

export type Schemas = Readonly<Record<string, Schema>>;

/** Groups inside groups beyond this depth are entered as JSON. */
const DEEPEST = 3;

/**
 * How a value of a schema is entered.
 *
 * @param name of the member, which says more than its schema: `client_secret`, `connection_id`
 * @param path the names of the members that lead to it, and its own: `options.customScripts.login`
 * @example
 * shapeOf({ type: 'boolean' }, {}, 'enabled') // { kind: 'flag', isNullable: false }
 */
export function shapeOf(schema: Schema, schemas: Schemas, name: string, depth = 0, path = name): FieldShape {
  const { whole, isNullable } = plain(schema, schemas);
  const shape = { isNullable };
  if (whole.contentMediaType !== undefined) return { ...shape, kind: 'file' };
  const variants = variantsOf(whole, schemas);
  if (variants.length > 1) return { ...shape, kind: 'variants', variants };
  const only = variants[0] === undefined ? whole : plain(variants[0].schema, schemas).whole;
  const values = only.enum?.filter((value) => typeof value === 'string');
  if (values !== undefined && values.length > 0) return { ...shape, kind: 'choice', values };
  switch (only.type) {
    case 'boolean':
      return { ...shape, kind: 'flag' };
    case 'integer':
    case 'number':
      return { ...shape, kind: 'number' };
    case 'string':
      if (isScript(path)) return { ...shape, kind: 'script' };
      return { ...shape, kind: 'text', isLong: isLong(only, name), isSecret: isSecret(name), ...listFor(only, name) };
    case 'array':
      return { ...shape, ...shapeOfList(only, schemas, name) };
    default:
      return { ...shape, ...shapeOfObject(only, depth) };
  }
}

function shapeOfList({ items = {} }: Schema, schemas: Schemas, name: string) {
  const item = plain(items, schemas).whole;
  const values = item.enum?.filter((value) => typeof value === 'string');
  if (values !== undefined && values.length > 0) return { kind: 'choices', values } as const;
  if (item.type === 'string') return { kind: 'lines', ...listFor(item, name) } as const;
  return { kind: 'json' } as const;
}

function shapeOfObject({ properties = {}, required = [] }: Schema, depth: number) {
  const entries = Object.entries(properties);
  if (entries.length === 0 || depth >= DEEPEST) return { kind: 'json' } as const;
  const list = entries.map(([name, schema]) => ({ name, schema, isRequired: required.includes(name) }));
  return { kind: 'group', properties: list } as const;
}

/** A schema without references, without the choice of `null`, and with all of its parts. */
export function plain(schema: Schema, schemas: Schemas): { readonly whole: Schema; readonly isNullable: boolean } {
  let whole = schema.$ref === undefined ? schema : plain(schemas[schema.$ref] ?? {}, schemas).whole;
  let isNullable = schema.$ref !== undefined && plain(schemas[schema.$ref] ?? {}, schemas).isNullable;
  if (whole.allOf !== undefined) {
    const parts = whole.allOf.map((part) => plain(part, schemas).whole);
    whole = {
      ...Object.assign({}, ...parts),
      properties: Object.assign({}, ...parts.map(({ properties }) => properties), whole.properties),
      required: parts.flatMap(({ required = [] }) => required),
    };
  }
  if (Array.isArray(whole.type)) {
    const types = (whole.type as readonly string[]).filter((type) => type !== 'null');
    isNullable ||= types.length < whole.type.length;
    whole = { ...whole, type: types.length === 1 ? (types[0] ?? 'object') : 'object' };
  }
  const choices = whole.oneOf ?? whole.anyOf;
  if (choices !== undefined) {
    const others = choices.filter((choice) => plain(choice, schemas).whole.type !== 'null');
    isNullable ||= others.length < choices.length;
    const [first] = others;
    if (others.length === 1 && first !== undefined) {
      const inner = plain(first, schemas);
      return { whole: inner.whole, isNullable: isNullable || inner.isNullable };
    }
    if (others.length < choices.length) whole = { ...whole, oneOf: others };
  }
  return { whole, isNullable };
}

/** The alternatives of a schema that are objects. Others, such as a bare text beside an object with it, are left out. */
function variantsOf(whole: Schema, schemas: Schemas): Variant[] {
  const choices = whole.oneOf ?? whole.anyOf ?? [];
  const objects = choices.filter((choice) => plain(choice, schemas).whole.properties !== undefined);
  const names = distinctNames(objects.map(({ $ref }, index) => $ref ?? `Form${index + 1}`));
  return objects.map((schema, index) => {
    const mark = markOf(plain(schema, schemas).whole, schemas);
    const label = mark === undefined ? (names[index] ?? '') : String(mark[1]);
    return { label, schema, ...(mark !== undefined && { mark }) };
  });
}

/**
 * Names of schemas without the words that all of them have at their beginning or end.
 *
 * @example
 * distinctNames(['LogStreamHttpSink', 'LogStreamMixpanelSinkPatch']) // ['Http', 'Mixpanel']
 */
export function distinctNames(names: readonly string[]): readonly string[] {
  const words = names.map((name) => name.replace(/Patch$/, '').split(/(?<=[a-z0-9])(?=[A-Z])/));
  const common = (from: 'start' | 'end') => {
    const [first = [], ...others] = from === 'start' ? words : words.map((one) => [...one].reverse());
    const length = first.findIndex((word, index) => others.some((one) => one[index] !== word));
    return length === -1 ? 0 : length;
  };
  const [start, end] = [common('start'), common('end')];
  const distinct = words.map((one) => one.slice(start, one.length - end).join(''));
  return distinct.includes('') || new Set(distinct).size < names.length ? names : distinct;
}

function markOf({ properties = {} }: Schema, schemas: Schemas): readonly [string, unknown] | undefined {
  for (const [name, schema] of Object.entries(properties)) {
    const { enum: values = [] } = plain(schema, schemas).whole;
    if (values.length === 1) return [name, values[0]];
  }
  return undefined;
}

/** Auth0 writes names in both ways: `client_secret`, `clientSecret`. */
const secretNames =
  /(?:^|_)(?:secret|pass|(?<!change_)password|(?:(?:access_|refresh_|auth_|splunk_)|^)token|authorization|(?:private|api|access|secret|signing|write|sas)_?key|masterkey|skey)$/;

/**
 * Whether a member's value is a secret by its name.
 *
 * @example
 * isSecret('datadogApiKey') // true
 */
export function isSecret(name: string): boolean {
  return secretNames.test(name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase());
}

/** Whether a member is JavaScript: the code of an Action's module, a Rule, or a script of a database. */
function isScript(path: string): boolean {
  return /^(?:code|script)$|(?:^|\.)customScripts\.\w+$/.test(path);
}

function isLong({ maxLength = 0 }: Schema, name: string): boolean {
  return (
    maxLength > 1000 || /(^|_)(body|html|code|script|template|cert|pem|message|private_?key|signing_key)$/i.test(name)
  );
}

const referencedNames: readonly (readonly [RegExp, ReferencedList])[] = [
  [/^(client_id|clients|enabled_clients|allowed_clients|client_ids)$/, 'clients'],
  [/^(connection_id|connection_ids|default_connection_id)$/, 'connections'],
  [/^(role_id|role_ids|roles)$/, 'roles'],
  [/^(user_id|members|users|link_with)$/, 'users'],
  [/^(organization_id|org_id|organizations)$/, 'organizations'],
];

function listFor({ format = '' }: Schema, name: string): { readonly from?: ReferencedList } {
  const byFormat = /^(client|connection|role|user|organization)-id/.exec(format)?.[1];
  const from = byFormat ? (`${byFormat}s` as ReferencedList) : referencedNames.find(([own]) => own.test(name))?.[1];
  return from === undefined ? {} : { from };
}
