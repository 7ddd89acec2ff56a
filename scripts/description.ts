// Makes src/tenant/management/description/{operations,schemas}.json from Auth0's published description of the Management API,
// an OpenAPI 3.1 document: `npm run description -- openapi.management.json`. Only facts are taken: paths, parameters, scopes,
// schemas, defaults and status codes. Sentences of the description are left out.
import { readFileSync, writeFileSync } from 'node:fs';
import type { JsonSchema } from '../src/tenant/management/description/json-schema.ts';
import type { PublishedOperation } from '../src/tenant/management/description/published-operation.ts';

interface OpenApiOperation {
  readonly operationId: string;
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: JsonSchema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
  readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema?: JsonSchema }>> }>>;
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

/** Members of a schema that are sentences, or that no request and no answer depends on. */
const PROSE = new Set(['description', 'title', 'summary', 'example', 'examples', 'deprecated', 'externalDocs']);
/** Members whose own members are names, and never words of the schema language. */
const NAMED = new Set(['properties', 'patternProperties']);
const reference = '#/components/schemas/';

const file = process.argv[2];
if (file === undefined) throw new Error('Usage: npm run description -- FILE');
const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;

const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, published]) => operationOf(method.toUpperCase(), path, published)),
);
const folder = new URL('../src/tenant/management/description/', import.meta.url);
write('operations.json', operations);
write('schemas.json', schemasOf(operations));

function write(name: string, value: object): void {
  const entries = Array.isArray(value)
    ? value.map((one) => JSON.stringify(one))
    : Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`);
  const [start, end] = Array.isArray(value) ? '[]' : '{}';
  // One entry a line: a newer description can be compared with this one.
  writeFileSync(new URL(name, folder), `${start}\n${entries.join(',\n')}\n${end}\n`);
}

function operationOf(method: string, path: string, published: OpenApiOperation): PublishedOperation {
  const scopes = published.security?.flatMap((one) => one.oAuth2ClientCredentials ?? []) ?? [];
  const inPlace = (place: string) => (published.parameters ?? []).filter((one) => one.in === place);
  const query = inPlace('query').map(({ name, required, schema }) => ({
    name,
    ...(required === true && { required }),
    schema: withoutProse(schema) as JsonSchema,
  }));
  const parameters = inPlace('path').map(({ name, schema }) => ({ name, schema: withoutProse(schema) as JsonSchema }));
  const content = published.requestBody?.content ?? {};
  const body = (content['application/json'] ?? content['multipart/form-data'])?.schema;
  const success = Object.keys(published.responses)
    .map(Number)
    .filter((status) => status < 300);
  const answer = published.responses[String(success[0])]?.content?.['application/json']?.schema;
  const list = answer === undefined ? undefined : listOf(answer);
  return {
    method: method as PublishedOperation['method'],
    path,
    name: published.operationId,
    scopes,
    status: success[0] as PublishedOperation['status'],
    ...(parameters.some(({ schema }) => Object.keys(schema).join() !== 'type') && { parameters }),
    ...(query.length > 0 && { query }),
    ...(body !== undefined && { body: withoutProse(body) as JsonSchema }),
    ...(list !== undefined && method === 'GET' && { list }),
  };
}

/** How an answer shows a list: bare, as a member of an object, or either. */
function listOf(schema: JsonSchema): PublishedOperation['list'] {
  const whole = resolved(schema);
  const forms = (whole.oneOf ?? whole.anyOf ?? [whole]).map(resolved);
  const bare = forms.some(({ type }) => type === 'array');
  const keys = forms.flatMap(({ properties = {} }) =>
    Object.keys(properties).filter((name) => resolved(properties[name] ?? {}).type === 'array'),
  );
  const key = keys[0];
  if (!bare && (key === undefined || keys.length > forms.length)) return undefined;
  return { ...(bare && { bare }), ...(key !== undefined && { key }) };
}

function resolved(schema: JsonSchema): JsonSchema {
  const name = schema.$ref?.slice(reference.length);
  return name === undefined ? schema : resolved(components.schemas[name] ?? {});
}

/** The schemas that bodies and parameters refer to, directly or through others. */
function schemasOf(all: readonly PublishedOperation[]): Record<string, unknown> {
  const found = new Map<string, unknown>();
  const collect = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)) {
      if (found.has(name)) continue;
      const schema = withoutProse(components.schemas[name]);
      found.set(name, schema);
      collect(schema);
    }
  };
  collect(all);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Without sentences and extensions. References are names alone. */
function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (schema === null || typeof schema !== 'object') return schema;
  const members = Object.entries(schema).flatMap(([name, value]): [string, unknown][] => {
    if (PROSE.has(name) || name.startsWith('x-')) return [];
    if (name === '$ref') return [[name, String(value).slice(reference.length)]];
    // A default that is a sentence or a key is an example.
    if (name === 'default') return typeof value === 'string' && /\s/.test(value) ? [] : [[name, value]];
    if (name === 'enum' || name === 'const') return [[name, value]];
    if (!NAMED.has(name)) return [[name, withoutProse(value)]];
    return [[name, Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, withoutProse(one)]))]];
  });
  return Object.fromEntries(members);
}
