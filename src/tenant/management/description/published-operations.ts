import { readFileSync } from 'node:fs';
import type { JsonSchema } from './json-schema.ts';
import { withOverlay } from './overlay.ts';

/** An operation of the published description. */
export interface PublishedOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** `/roles/{id}/users` */
  readonly path: string;
  /** `get_role_user` */
  readonly name: string;
  /** Any of them allows the operation. */
  readonly scopes: readonly string[];
  /** The status of a successful answer. */
  readonly status: 200 | 201 | 202 | 204;
  /** Parameters of the path, if one is more than a text. */
  readonly parameters?: readonly { readonly name: string; readonly schema: JsonSchema }[];
  readonly query?: readonly { readonly name: string; readonly required?: true; readonly schema: JsonSchema }[];
  readonly body?: JsonSchema;
  /** How a list is answered: bare, or as a member of an object. If it can be both, the query decides. */
  readonly list?: { readonly bare?: true; readonly key?: string };
}

/**
 * The operations of Auth0's published description of the Management API v2 (OpenAPI 3.1, June 2026), made by `npm run description`.
 *
 * @see https://auth0.com/docs/api/management/v2
 */
export const publishedOperations: readonly PublishedOperation[] = readJson('operations.json');

let schemas: Readonly<Record<string, JsonSchema>> | undefined;

function publishedSchemas(): Readonly<Record<string, JsonSchema>> {
  schemas ??= withOverlay(readJson<Record<string, JsonSchema>>('schemas.json'));
  return schemas;
}

/**
 * A named schema of the description. The first call reads the schemas.
 *
 * @throws Error if the description has no such schema
 */
export function publishedSchema(name: string): JsonSchema {
  const schema = publishedSchemas()[name];
  if (schema === undefined) throw new Error(`The published description has no schema ${name}.`);
  return schema;
}

/** The regular expressions in all schemas. */
export function publishedPatterns(): Set<string> {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [word, one] of Object.entries(value)) {
      if (word === 'pattern' && typeof one === 'string') found.add(one);
      else collect(one);
    }
  };
  collect(publishedSchemas());
  collect(publishedOperations);
  return found;
}

function readJson<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Content;
}
