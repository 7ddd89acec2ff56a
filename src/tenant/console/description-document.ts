import type { JsonSchema } from '../management/description/json-schema.ts';
import type { PublishedOperation } from '../management/description/published-operation.ts';
import { describedOperations, publishedSchema } from '../management/description/published-operations.ts';
import { operationStates } from '../management/operation-states.ts';
import { keptSettings } from '../management/setting-states.ts';

/** An operation as the console's generated screens need it. */
export interface DescribedOperation {
  readonly method: PublishedOperation['method'];
  /** `/organizations/{id}/members` */
  readonly path: string;
  /** Whether it takes a body; its schema is a document of its own. */
  readonly hasBody?: true;
  /** The query, without references. */
  readonly query?: NonNullable<PublishedOperation['query']>;
  /** Parameters of the path that are more than a text, without references. */
  readonly parameters?: NonNullable<PublishedOperation['parameters']>;
  /** The member of the answer that has the rows; empty for a bare list. Absent if the answer is one thing. */
  readonly list?: string;
  readonly state: 'effective' | 'kept' | 'absent';
  readonly limit?: string;
}

/** The schema of a body, with the schemas that it refers to. */
export interface DescribedBody {
  readonly schema: JsonSchema;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** The members that nothing else in the tenant looks at. */
  readonly kept: readonly string[];
}

let operations: readonly DescribedOperation[] | undefined;

/**
 * All operations of the description, for the console's generated screens.
 *
 * @example
 * describedOperationsDocument().find(({ path }) => path === '/roles');
 */
export function describedOperationsDocument(): readonly DescribedOperation[] {
  operations ??= describeAll();
  return operations;
}

function describeAll(): readonly DescribedOperation[] {
  const states = operationStates();
  return describedOperations.map((published) => {
    const { method, path, body, query, parameters } = published;
    const list = listOf(published);
    return {
      method,
      path,
      ...(body !== undefined && { hasBody: true as const }),
      ...(query !== undefined && { query: query.map((one) => ({ ...one, schema: resolved(one.schema) })) }),
      ...(parameters !== undefined && {
        parameters: parameters.map((one) => ({ ...one, schema: resolved(one.schema) })),
      }),
      ...(list !== undefined && { list }),
      ...(states.get(`${method} ${path}`) ?? { state: 'absent' as const }),
    };
  });
}

/**
 * The member of an answer with the rows. A setting whose only list is one of its own members, such as the allow list of bot detection,
 * is no list: the same member is in the body that changes it, and it has no pages.
 */
function listOf({ path, list, query = [] }: PublishedOperation): string | undefined {
  if (list === undefined || path.endsWith('}')) return undefined;
  const key = list.key ?? '';
  const hasPages = query.some(({ name }) => name === 'page' || name === 'take');
  const bodies = describedOperations
    .filter((other) => other.path === path && (other.method === 'PATCH' || other.method === 'PUT'))
    .map(({ body }) => resolved(body ?? {}));
  const isMember = bodies.some(({ type, properties = {} }) => (key === '' ? type === 'array' : key in properties));
  return isMember && !hasPages ? undefined : key;
}

/**
 * The schema of an operation's body.
 *
 * @returns `null` if there is no such operation, or it takes no body
 * @example
 * describedBody(new URLSearchParams({ method: 'POST', path: '/roles' }));
 */
export function describedBody(query: URLSearchParams): DescribedBody | null {
  const [method, path] = [query.get('method'), query.get('path')];
  const { path: own = '', body } = describedOperations.find((one) => one.method === method && one.path === path) ?? {};
  if (body === undefined) return null;
  const schemas: Record<string, JsonSchema> = {};
  const collect = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)) {
      if (Object.hasOwn(schemas, name)) continue;
      const schema = publishedSchema(name);
      schemas[name] = schema;
      collect(schema);
    }
  };
  collect(body);
  return { schema: body, schemas, kept: keptSettings(own, body) };
}

function resolved(schema: JsonSchema): JsonSchema {
  const whole = schema.$ref === undefined ? schema : resolved(publishedSchema(schema.$ref));
  return whole.items === undefined ? whole : { ...whole, items: resolved(whole.items) };
}
