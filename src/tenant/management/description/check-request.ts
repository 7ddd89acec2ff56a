import { createRequire } from 'node:module';
import type { SchemaErrorDetail, ZSchemaSafe } from 'z-schema';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import { ApiError } from '../http/api-error.ts';
import type { Query } from '../operation.ts';
import type { JsonSchema } from './json-schema.ts';
import { publishedFormats } from './published-formats.ts';
import type { PublishedOperation } from './published-operation.ts';
import { publishedSchema } from './published-operations.ts';

type Part = 'Payload' | 'Query' | 'Path';

/** The fields of a form with a file, as they were sent. */
export type Form = Readonly<Record<string, string | File>>;

const errorCodes = { Payload: 'invalid_body', Query: 'invalid_query_string', Path: 'invalid_uri' } as const;

/** Checks one schema. It is compiled for the first request that has a value of it. */
type CheckSchema = ReturnType<ZSchemaSafe['compile']>;

const compiled = new WeakMap<JsonSchema, CheckSchema>();
let loaded: ZSchemaSafe | undefined;

/**
 * Checks the body of a request against the published schema of its operation.
 *
 * @param sent the body, parsed; `undefined` if there is none
 * @throws ApiError 400 `invalid_body` in the words of Auth0's validator, which is the same
 * @example
 * checkBody(published, { name: 'x' });
 */
export function checkBody(published: PublishedOperation, sent: unknown): void {
  if (published.body !== undefined) check('Payload', published.body, sent ?? null);
}

/**
 * The fields of a form, checked and read as the published schema says. A file is its text.
 *
 * @throws ApiError 400 `invalid_body`
 */
export async function readForm(published: PublishedOperation, sent: Form): Promise<JsonObject> {
  const { properties = {} } = publishedSchema(published.body?.$ref ?? '');
  const form: JsonObject = {};
  for (const [name, value] of Object.entries(sent)) {
    form[name] = typeof value === 'string' ? readParameter(value, properties[name] ?? {}) : await value.text();
  }
  checkBody(published, form);
  return form;
}

/**
 * Checks the query of a request, and reads numbers, booleans and lists.
 *
 * @param sent a parameter that occurs once is a string; one that occurs more often is an array
 * @throws ApiError 400 `invalid_query_string`
 */
export function readQuery(published: PublishedOperation, sent: Readonly<Record<string, string | string[]>>): Query {
  const parameters = published.query ?? [];
  const schema = querySchema(published);
  if (schema === undefined) return {};
  const query = Object.fromEntries(
    parameters.flatMap(({ name, schema: type }) => {
      const value = sent[name];
      return value === undefined ? [] : [[name, readParameter(value, type)] as const];
    }),
  );
  check('Query', schema, query);
  return query;
}

/** @throws ApiError 400 `invalid_uri` if a name in the path does not have its format */
export function checkPath(published: PublishedOperation, params: Readonly<Record<string, string>>): void {
  for (const { name, schema } of published.parameters ?? []) {
    check('Path', objectSchema(schema, { [name]: schema }), { [name]: params[name] });
  }
}

const querySchemas = new WeakMap<PublishedOperation, JsonSchema>();

function querySchema(published: PublishedOperation): JsonSchema | undefined {
  const parameters = published.query;
  if (parameters === undefined) return undefined;
  const known = querySchemas.get(published);
  if (known !== undefined) return known;
  const schema: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map(({ name, schema: type }) => [name, { ...pagingLimits[name], ...type }]),
    ),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
  querySchemas.set(published, schema);
  return schema;
}

/** Auth0 refuses more, although the description does not say so. */
const pagingLimits: Readonly<Record<string, JsonSchema>> = {
  page: { type: 'integer', minimum: 0 },
  per_page: { type: 'integer', minimum: 0, maximum: 100 },
  take: { type: 'integer', minimum: 1, maximum: 100 },
  from: { type: 'string', maxLength: 1000 },
};

const objects = new WeakMap<JsonSchema, JsonSchema>();

function objectSchema(key: JsonSchema, properties: Record<string, JsonSchema>): JsonSchema {
  const known = objects.get(key) ?? { type: 'object', properties };
  objects.set(key, known);
  return known;
}

/** A text is read as its schema says, and stays a text if it cannot be. */
function readParameter(value: string | string[], schema: JsonSchema): JsonValue {
  const { type, items } = schema.$ref === undefined ? schema : publishedSchema(schema.$ref);
  if (type === 'array') {
    const parts = typeof value === 'string' ? value.split(',').filter((part) => part !== '') : value;
    return parts.map((part) => readParameter(part, items ?? {}));
  }
  if (typeof value !== 'string') return value;
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return (type === 'integer' || type === 'number') && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

function check(part: Part, schema: JsonSchema, value: unknown): void {
  loaded ??= createValidator();
  const checkSchema = compiled.get(schema) ?? loaded.compile(rootOf(loaded, schema));
  compiled.set(schema, checkSchema);
  const { valid, err } = checkSchema(value);
  if (!valid) throw new ApiError(400, messageOf(part, err?.details?.[0]), errorCodes[part]);
}

/** The validator is loaded when the first request has something to check. It is one file as CommonJS, and sixty as modules. */
function createValidator(): ZSchemaSafe {
  const { default: ZSchema }: typeof import('z-schema') = createRequire(import.meta.url)('z-schema');
  const validator = ZSchema.create({
    safe: true,
    // The description is not compared with the schema of schemas: that takes longer than all checks of a request.
    version: 'none',
    breakOnFirstError: true,
    ignoreUnknownFormats: true,
    reportPathAsArray: true,
  });
  for (const [name, passes] of Object.entries(publishedFormats)) registerFormat(validator, name, passes);
  return validator;
}

function registerFormat(validator: ZSchemaSafe, name: string, passes: (text: string) => boolean): void {
  validator.registerFormat(name, (value) => typeof value !== 'string' || passes(value));
}

const PATTERN = 'pattern ';

/**
 * The validator refuses expressions that it takes for slow, some of the description's among them. They are checked as formats:
 * each is anchored, and a text is limited by the size of a request.
 */
function patternFormat(validator: ZSchemaSafe, pattern: string): string {
  const name = `${PATTERN}${pattern}`;
  const expression = new RegExp(pattern);
  registerFormat(validator, name, (text) => expression.test(text));
  return name;
}

/** The validator follows no reference below these words, even where one is the name of a member: such schemas are copied. */
const unseenWords: ReadonlySet<string> = new Set(['enum', 'const', 'default', 'examples']);

/** A schema with all that it refers to, as the validator wants it. */
function rootOf(validator: ZSchemaSafe, schema: JsonSchema): object {
  const definitions: Record<string, unknown> = {};
  const linked = (value: unknown, isUnseen = false): unknown => {
    if (Array.isArray(value)) return value.map((one) => linked(one, isUnseen));
    if (value === null || typeof value !== 'object') return value;
    if (isUnseen && '$ref' in value) return linked(publishedSchema(String(value.$ref)), true);
    return Object.fromEntries(
      Object.entries(value).map(([word, one]) => {
        if (word === 'pattern' && typeof one === 'string') return ['format', patternFormat(validator, one)];
        if (word !== '$ref' || typeof one !== 'string') return [word, linked(one, isUnseen || unseenWords.has(word))];
        if (!(one in definitions)) {
          definitions[one] = {};
          definitions[one] = linked(publishedSchema(one));
        }
        return [word, `#/definitions/${one}`];
      }),
    );
  };
  return { ...(linked(schema) as object), definitions };
}

/** `Payload validation error: 'Expected type string but found type integer' on property name.` */
function messageOf(part: Part, detail: SchemaErrorDetail | undefined): string {
  if (detail === undefined) return `${part} validation error.`;
  const path = pathText(detail.path);
  return `${part} validation error: '${textOf(detail)}'${path === '' ? '' : ` on property ${path}`}.`;
}

/** The validator quotes texts as JSON; Auth0's version does not. */
function textOf({ code, message, params }: SchemaErrorDetail): string {
  const value = params.at(-1);
  if (code === 'INVALID_FORMAT' && String(params[0]).startsWith(PATTERN)) {
    return `String does not match pattern ${String(params[0]).slice(PATTERN.length)}: ${unquoted(value)}`;
  }
  if (code === 'ENUM_MISMATCH') return `No enum match for: ${unquoted(params[0])}`;
  if (code === 'INVALID_FORMAT')
    return `Object didn't pass validation for format ${String(params[0])}: ${unquoted(value)}`;
  if (code === 'CONST') return `No enum match for: ${unquoted(params[0])}`;
  return message;
}

function unquoted(value: unknown): string {
  const text = typeof value === 'string' ? value.replace(/^"(.*)"$/s, '$1') : JSON.stringify(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** `groups[0].email` */
function pathText(path: SchemaErrorDetail['path']): string {
  return [path]
    .flat()
    .map(String)
    .reduce((text, part) => (/^\d+$/.test(part) ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`), '');
}
