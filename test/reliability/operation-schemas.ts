import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { builtOperations } from '../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../src/tenant/management/management-dependencies.ts';
import { publishedOperations } from '../../src/tenant/management/published-operations.ts';
import type { Schema } from './schema-arbitrary.ts';

/** The official description is not ours to keep here: where it lies beside the checkout, it is used. */
const DESCRIPTION = new URL('../../../shared/facts/openapi.management.json', import.meta.url);

/** An operation, and every schema that is known of what it takes: the published one, and the tenant's own. */
export interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  readonly built: boolean;
  readonly multipart: boolean;
  readonly bodies: readonly Schema[];
  readonly queries: readonly Schema[];
}

export interface Description {
  /** Whether the official description was there. */
  readonly official: boolean;
  readonly operations: readonly DescribedOperation[];
  readonly definitions: Readonly<Record<string, Schema>>;
}

interface OpenApi {
  readonly paths: Record<string, Record<string, OpenApiOperation | undefined> | undefined>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

interface OpenApiOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content?: Record<string, { readonly schema?: Schema }> };
}

/** Every operation of the published description with all that is known of it. */
export function describeOperations(): Description {
  const official =
    process.env.FUZZ_SCHEMAS !== 'own' && existsSync(DESCRIPTION)
      ? (JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as OpenApi)
      : undefined;
  const built = new Map(builtOperations({} as ManagementDependencies).map((one) => [`${one.method} ${one.path}`, one]));
  const operations = publishedOperations.map(([method, path]): DescribedOperation => {
    const own = built.get(`${method} ${path}`);
    const published = official?.paths[path]?.[method.toLowerCase()];
    const body = Object.values(published?.requestBody?.content ?? {})[0]?.schema;
    return {
      method,
      path,
      built: own !== undefined,
      multipart: own?.reads === 'multipart',
      bodies: [...(body === undefined ? [] : [body]), ...schemaOf(own?.body)],
      queries: [...queryOf(published), ...schemaOf(own?.query)],
    };
  });
  return { official: official !== undefined, operations, definitions: official?.components.schemas ?? {} };
}

function queryOf(published: OpenApiOperation | undefined): Schema[] {
  const parameters = (published?.parameters ?? []).filter((parameter) => parameter.in === 'query');
  if (parameters.length === 0) return [];
  return [
    { type: 'object', properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema ?? {}])) },
  ];
}

function schemaOf(schema: z.ZodType | undefined): Schema[] {
  if (schema === undefined) return [];
  return [z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input', reused: 'inline' }) as Schema];
}
