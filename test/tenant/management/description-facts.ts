/** The parts of a JSON Schema that determine which values are accepted. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** The input of an operation, by Auth0's description of its API. */
export interface OperationFacts {
  readonly query: Schema;
  readonly body?: Schema;
}

interface Described {
  readonly parameters?: readonly { readonly name: string; in: string; required?: boolean; schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface PublishedDescription {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

const BOUNDS = [
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'minProperties',
  'maxProperties',
] as const;

/**
 * The facts of one operation: names, types, bounds. References are resolved, and no text of the description is copied.
 *
 * @example operationFacts(description, 'GET', '/roles').query.properties?.page // { type: 'integer', minimum: 0 }
 */
export function operationFacts(description: PublishedDescription, method: string, path: string): OperationFacts {
  const described = description.paths[path]?.[method.toLowerCase()];
  const parameters = (described?.parameters ?? []).filter((parameter) => parameter.in === 'query');
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schemaFacts(description, schema)]));
  const required = parameters.filter((parameter) => parameter.required === true).map(({ name }) => name);
  const [content] = Object.values(described?.requestBody?.content ?? {});
  return {
    query: { type: 'object', properties, required },
    ...(content && { body: schemaFacts(description, content.schema) }),
  };
}

function schemaFacts(description: PublishedDescription, schema: Schema): Schema {
  const found = resolved(description, schema);
  // A choice between schemas is not compared any deeper.
  if (found.oneOf !== undefined || found.anyOf !== undefined) return { oneOf: [] };
  if (found.allOf !== undefined) {
    const parts = found.allOf.map((part) => schemaFacts(description, part));
    return {
      type: 'object',
      properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
      required: parts.flatMap(({ required = [] }) => required),
    };
  }
  const values = found as Readonly<Record<string, unknown>>;
  const { type, required, items, properties } = found;
  return {
    ...(type !== undefined && { type }),
    ...(found.enum !== undefined && { enum: found.enum }),
    ...Object.fromEntries(BOUNDS.filter((name) => name in values).map((name) => [name, values[name]])),
    ...(items !== undefined && { items: schemaFacts(description, items) }),
    ...(properties !== undefined && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, member]) => [name, schemaFacts(description, member)]),
      ),
    }),
    ...(required !== undefined && { required }),
  };
}

function resolved(description: PublishedDescription, schema: Schema): Schema {
  let found = schema;
  while (found.$ref !== undefined) {
    let at: unknown = description;
    for (const name of found.$ref.split('/').slice(1)) at = (at as Readonly<Record<string, unknown>>)[name];
    found = at as Schema;
  }
  return found;
}
