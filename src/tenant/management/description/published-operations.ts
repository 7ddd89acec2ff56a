import { readFileSync } from 'node:fs';
import type { JsonSchema } from './json-schema.ts';
import { withOverlay, withRecordedFacts } from './overlay.ts';
import type { PublishedOperation } from './published-operation.ts';
import { unpublishedOperations } from './unpublished-operations.ts';

/**
 * The operations of Auth0's published description of the Management API v2 (OpenAPI 3.1, June 2026), made by `npm run description`.
 *
 * @see https://auth0.com/docs/api/management/v2
 */
export const publishedOperations: readonly PublishedOperation[] = withRecordedFacts(readJson('operations.json'));

/** All operations: those that are published, and those that the real service has beside them. */
export const describedOperations: readonly PublishedOperation[] = [...publishedOperations, ...unpublishedOperations];

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

function readJson<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Content;
}
