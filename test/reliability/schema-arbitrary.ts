import fc, { type Arbitrary } from 'fast-check';

/** A JSON schema, including those of OpenAPI 3.1. */
export type Schema = Readonly<Record<string, unknown>>;

/** Definitions that a schema refers to by `$ref`, and existing values by name of format. */
export interface Surroundings {
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly known: Readonly<Record<string, readonly string[]>>;
}

const MAX_DEPTH = 5;

const formats: Record<string, Arbitrary<string>> = {
  email: fc.nat(5000).map((number) => `person-${number}@fuzz.example`),
  'date-time': fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  date: fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  uuid: fc.uuid(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
  hostname: fc.domain(),
};

/**
 * Values that a schema allows, as far as the generator supports it. Unsupported keywords (`not`, patterns that are not regular
 * expressions of JavaScript) are ignored, so some values are only nearly valid.
 *
 * @example
 * fc.sample(createArbitrary({ type: 'object', properties: { name: { type: 'string' } } }, { definitions: {}, known: {} }), 3)
 */
export function createArbitrary(schema: Schema, surroundings: Surroundings, depth = 0, name = ''): Arbitrary<unknown> {
  const within = (inner: unknown, innerName = name) =>
    createArbitrary(asSchema(inner), surroundings, depth + 1, innerName);
  if (depth > MAX_DEPTH) return fc.constantFrom(null, 'deep', {}, []);
  if (typeof schema.$ref === 'string') {
    const referred = surroundings.definitions[schema.$ref.split('/').at(-1) ?? ''] ?? {};
    return createArbitrary(referred, surroundings, depth + 1, name);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return fc.constantFrom(...schema.enum);
  const choices = [schema.oneOf, schema.anyOf].find((list) => Array.isArray(list) && list.length > 0);
  if (Array.isArray(choices)) return fc.oneof(...choices.map((choice) => within(choice)));
  if (Array.isArray(schema.allOf)) {
    return fc.tuple(...schema.allOf.map((part) => within(part))).map((parts) => {
      return parts.every(isObject) ? Object.assign({}, ...parts) : parts[0];
    });
  }
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  return fc.oneof(...types.map((type) => createTypeArbitrary(String(type), schema, surroundings, depth, name)));
}

function createTypeArbitrary(
  type: string,
  schema: Schema,
  surroundings: Surroundings,
  depth: number,
  name: string,
): Arbitrary<unknown> {
  const minimum = toNumber(schema.minimum);
  const maximum = toNumber(schema.maximum);
  switch (type) {
    case 'string':
      return text(schema, surroundings, name);
    case 'integer':
      return fc.integer({ min: Math.ceil(minimum ?? 0), max: Math.floor(Math.min(maximum ?? 1e6, 2 ** 31 - 1)) });
    case 'number':
      return fc.double({ min: minimum ?? 0, max: maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array': {
      const items = createArbitrary(asSchema(schema.items), surroundings, depth + 1, name.replace(/s$/, ''));
      const fewest = Math.min(toNumber(schema.minItems) ?? 0, 5);
      return fc.array(items, {
        minLength: fewest,
        maxLength: Math.max(fewest, Math.min(toNumber(schema.maxItems) ?? 3, 3)),
      });
    }
    case 'object':
      return object(schema, surroundings, depth);
    default:
      return isObject(schema.properties)
        ? object(schema, surroundings, depth)
        : fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  }
}

function object(schema: Schema, surroundings: Surroundings, depth: number): Arbitrary<unknown> {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const all = Object.keys(properties);
  const optional = all.filter((member) => !required.includes(member));
  // A body with all of a hundred members would always be refused for one of them: most bodies have a few.
  return fc.subarray(optional, { maxLength: Math.min(optional.length, 6) }).chain((chosen) => {
    const members = [...required.filter((member) => all.includes(member)), ...chosen];
    const arbitraries = members.map((member) =>
      createArbitrary(asSchema(properties[member]), surroundings, depth + 1, member),
    );
    const extra =
      all.length === 0 && schema.additionalProperties !== false
        ? fc.dictionary(fc.string({ minLength: 1, maxLength: 10 }), fc.oneof(fc.string(), fc.integer()), { maxKeys: 3 })
        : fc.constant({});
    return fc.tuple(extra, ...arbitraries).map(([given, ...values]) => ({
      ...given,
      ...Object.fromEntries(members.map((member, index) => [member, values[index]])),
    }));
  });
}

function text(schema: Schema, { known }: Surroundings, name: string): Arbitrary<string> {
  const format = typeof schema.format === 'string' ? schema.format : '';
  const existing = known[format] ?? known[name] ?? [];
  const generated = generateText(schema, format);
  return existing.length === 0
    ? generated
    : fc.oneof({ arbitrary: fc.constantFrom(...existing), weight: 4 }, generated);
}

function generateText(schema: Schema, format: string): Arbitrary<string> {
  const shortest = Math.min(toNumber(schema.minLength) ?? 0, 1000);
  const longest = Math.max(shortest, Math.min(toNumber(schema.maxLength) ?? 40, 40));
  const formatted = formats[format] ?? (/ur[il]/.test(format) ? fc.webUrl() : undefined);
  if (formatted !== undefined) return formatted;
  if (typeof schema.pattern === 'string') {
    try {
      return fc.stringMatching(new RegExp(schema.pattern), { maxLength: 60 });
    } catch {
      // A pattern that the generator does not support gets any text.
    }
  }
  return fc.string({ minLength: shortest, maxLength: longest, unit: 'grapheme' });
}

function asSchema(value: unknown): Schema {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Math.abs(value) < 1e15 ? value : undefined;
}
