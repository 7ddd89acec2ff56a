import { existsSync, readFileSync } from 'node:fs';
import { describedOperations } from '../../src/tenant/management/description/published-operations.ts';
import { builtOperations } from '../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../src/tenant/management/management-dependencies.ts';
import type { Schema } from './schema-arbitrary.ts';

/** The official description is not ours to publish here. It is used if it is beside the checkout. */
const DESCRIPTION = new URL('../../../shared/facts/openapi.management.json', import.meta.url);

const SCHEMAS = new URL('../../src/tenant/management/description/schemas.json', import.meta.url);

/** An operation, and the schemas of its input. */
export interface DescribedOperation {
  readonly method: string;
  readonly path: string;
  readonly built: boolean;
  readonly multipart: boolean;
  readonly bodies: readonly Schema[];
  readonly queries: readonly Schema[];
}

export interface Description {
  /** Whether the official description was available. */
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

/** Every operation of the description, with its schemas. */
export function describeOperations(): Description {
  const official =
    process.env.FUZZ_SCHEMAS !== 'own' && existsSync(DESCRIPTION)
      ? (JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as OpenApi)
      : undefined;
  const built = new Map(builtOperations({} as ManagementDependencies).map((one) => [`${one.method} ${one.path}`, one]));
  const operations = describedOperations.map(({ method, path }): DescribedOperation => {
    const own = built.get(`${method} ${path}`);
    const published = official?.paths[path]?.[method.toLowerCase()];
    const body = Object.values(published?.requestBody?.content ?? {})[0]?.schema ?? own?.described.body;
    const inQuery = published?.parameters?.filter((parameter) => parameter.in === 'query');
    return {
      method,
      path,
      built: own !== undefined,
      multipart: own?.reads === 'multipart',
      bodies: body === undefined ? [] : [body],
      queries: [...querySchema(inQuery), ...querySchema(own?.described.query)],
    };
  });
  const own: Record<string, Schema> = JSON.parse(readFileSync(SCHEMAS, 'utf8'));
  return { official: official !== undefined, operations, definitions: { ...own, ...official?.components.schemas } };
}

function querySchema(parameters: readonly { readonly name: string; readonly schema?: Schema }[] = []): Schema[] {
  if (parameters.length === 0) return [];
  return [
    { type: 'object', properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema ?? {}])) },
  ];
}
