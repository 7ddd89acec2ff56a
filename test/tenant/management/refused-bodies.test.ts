import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JsonSchema } from '../../../src/tenant/management/description/json-schema.ts';
import type { PublishedOperation } from '../../../src/tenant/management/description/published-operation.ts';
import {
  describedOperations,
  publishedSchema,
} from '../../../src/tenant/management/description/published-operations.ts';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { watchCommits } from '../../reliability/commits.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

/** Members are looked at down to this level of a body. */
const LEVELS = 3;
/** A longer text or list says no more than that its limit is there. */
const LONGEST = 70_000;

let tenant: ManagementFixture;
/** A resource for the first parameter of a path, by the first part of the path. */
const existing: Record<string, string> = {};
const commits = watchCommits();
beforeAll(async () => {
  tenant = await openManagement();
  const bodies: readonly [string, Record<string, unknown>][] = [
    ['clients', { name: 'Web' }],
    ['connections', { name: 'people', strategy: 'auth0' }],
    ['organizations', { name: 'acme' }],
    ['resource-servers', { identifier: 'https://api.example/' }],
    ['roles', { name: 'Clerk' }],
  ];
  for (const [family, sent] of bodies) {
    const { body } = await tenant.call('POST', `/${family}`, sent);
    existing[family] = body.client_id ?? body.id;
  }
});
afterAll(async () => {
  await tenant.close();
  commits.stop();
});

const built = new Map(
  builtOperations({} as ManagementDependencies).map((one) => [`${one.method} ${one.path}`, one.reads]),
);
/** A form has no types, so each of its values is a text that can be read. */
const operations = describedOperations
  .filter(({ method, path, body }) => body !== undefined && built.has(`${method} ${path}`))
  .filter(({ method, path }) => built.get(`${method} ${path}`) !== 'multipart')
  .map((published) => ({ name: `${published.method} ${published.path}`, published }));

it.each(operations)('$name refuses a body with a wrong value, and names the member', async ({ published }) => {
  const accepted: string[] = [];
  for (const { place, value } of wrongValues(published.body ?? {}, LEVELS)) {
    commits.takeCount();
    const { status, body } = await tenant.call(published.method, pathOf(published), JSON.stringify(value));
    const named = /' on property (.*)\.$/s.exec(String(body.message))?.[1] ?? '';
    const isNamed = named === place || place.startsWith(`${named}.`) || place.startsWith(`${named}[`);
    const isRefused = status === 400 && String(body.message).startsWith("Payload validation error: '");
    if (isRefused && isNamed && commits.takeCount() === 0) continue;
    accepted.push(`${place} = ${JSON.stringify(value).slice(0, 200)}: ${status} ${String(body.message).slice(0, 200)}`);
  }
  expect(accepted).toEqual([]);
});

it('the wrong values reach all parts of the bodies', () => {
  const places = (name: string) => {
    const published = operations.find((one) => one.name === name)?.published ?? expect.fail(name);
    return wrongValues(published.body ?? {}, LEVELS).map(({ place }) => place);
  };
  expect(places('PATCH /clients/{id}')).toEqual(
    expect.arrayContaining([
      'session_transfer.enforce_device_binding',
      'token_exchange.allow_any_profile_of_type[0]',
      'my_organization_configuration.connection_deletion_behavior',
    ]),
  );
  expect(places('PATCH /connections/{id}')).toEqual(
    expect.arrayContaining(['options.precedence[0]', 'options.passwordPolicy', 'options.dpop_signing_alg']),
  );
  expect(places('POST /resource-servers')).toEqual(
    expect.arrayContaining(['token_encryption.format', 'proof_of_possession.required_for', 'scopes[0].value']),
  );
});

/** A value of a schema with one thing wrong in it, and where that is: `scopes[0].value`. */
interface WrongValue {
  readonly place: string;
  readonly value: unknown;
}

function wrongValues(schema: JsonSchema, levels: number): WrongValue[] {
  const whole = resolved(schema);
  const found: WrongValue[] = ownWrongValues(whole).map((value) => ({ place: '', value }));
  if (levels === 0) return found;
  for (const [name, member] of Object.entries(whole.properties ?? {})) {
    for (const { place, value } of wrongValues(member, levels - 1)) {
      found.push({
        place: place === '' || place.startsWith('[') ? `${name}${place}` : `${name}.${place}`,
        value: { ...(smallest(whole) as object), [name]: value },
      });
    }
  }
  if (whole.items !== undefined) {
    const rest = [smallest(whole)].flat().slice(1);
    for (const { place, value } of wrongValues(whole.items, levels - 1)) {
      const dot = place === '' || place.startsWith('[') ? '' : '.';
      found.push({ place: `[0]${dot}${place}`, value: [value, ...rest] });
    }
  }
  return found;
}

/** Values that break each of a schema's own words. Schemas with several forms are skipped: what one refuses, another may take. */
function ownWrongValues(schema: JsonSchema): unknown[] {
  if (schema.oneOf !== undefined || schema.anyOf !== undefined || schema.allOf !== undefined) return [];
  const types = typesOf(schema);
  const values: unknown[] = [];
  const isText = types.length === 0 || types.includes('string');
  if (types.length > 0) {
    values.push(types.includes('string') || types.includes('number') ? { a: 1 } : 'a text');
    if (types.includes('object')) values[0] = 7;
    if (!types.includes('null')) values.push(null);
  }
  if (schema.enum !== undefined && isText) values.push('no such choice');
  const { maxLength, minLength, maximum, minimum, maxItems, minItems } = schema as Record<string, number | undefined>;
  if (maxLength !== undefined && maxLength < LONGEST) values.push('x'.repeat(maxLength + 1));
  if (minLength !== undefined && minLength > 0) values.push('');
  if (maximum !== undefined) values.push(maximum + 1);
  if (minimum !== undefined) values.push(minimum - 1);
  if (minItems !== undefined && minItems > 0) values.push([]);
  if (maxItems !== undefined && maxItems < 1000) {
    values.push(Array.from({ length: maxItems + 1 }, (_, index) => distinct(smallest(schema.items ?? {}), index)));
  }
  if (types.includes('object')) {
    const least = smallest(schema) as Record<string, unknown>;
    for (const name of (schema.required as readonly string[] | undefined) ?? []) {
      const { [name]: _, ...rest } = least;
      values.push(rest);
    }
    if (schema.additionalProperties === false) values.push({ ...least, no_such_member: 1 });
  }
  return values;
}

function distinct(value: unknown, index: number): unknown {
  return index > 0 && typeof value === 'string' && !value.includes('://') ? `${value}${index}` : value;
}

/** The smallest value that a schema takes, as far as the bodies of the description need it. */
function smallest(schema: JsonSchema): unknown {
  const whole = resolved(schema);
  if ('const' in whole) return whole.const;
  if (Array.isArray(whole.enum)) return whole.enum[0];
  const [form] = whole.oneOf ?? whole.anyOf ?? [];
  if (form !== undefined && whole.properties === undefined)
    return smallest({ type: whole.type, ...resolved(form) } as JsonSchema);
  const { minItems = 0, minimum, required = [] } = whole as Record<string, number> & { required?: readonly string[] };
  switch (typesOf(whole)[0] ?? 'string') {
    case 'object': {
      const names =
        required.length > 0 ? required : Object.keys(whole.properties ?? {}).slice(0, Number(whole.minProperties ?? 0));
      const least = Object.fromEntries(names.map((name) => [name, smallest(whole.properties?.[name] ?? {})]));
      const isFree = typeof whole.additionalProperties === 'object' && names.length < Number(whole.minProperties ?? 0);
      return isFree ? { ...least, abc: smallest(whole.additionalProperties as JsonSchema) } : least;
    }
    case 'array':
      return Array.from({ length: minItems }, (_, index) => distinct(smallest(whole.items ?? {}), index));
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return minimum ?? 0;
    default:
      return smallestText(whole);
  }
}

const texts = [
  'abc',
  'https://acme.example/',
  'ada@acme.example',
  'auth0|1',
  '+15550100',
  '2030-01-01T00:00:00.000Z',
  '2030-01-01',
  '#00ff00',
  '10.0.0.1',
  'acme.example',
  'con_0123456789abcdef',
  'org_0123456789abcdef',
  `est_${'a'.repeat(22)}`,
  'simplified/1.0',
  'aamva',
  'a'.repeat(16),
  'a'.repeat(64),
  '00000000-0000-4000-8000-000000000000',
];

const formats: Readonly<Record<string, RegExp>> = {
  email: /@/,
  'date-time': /T.*Z$/,
  date: /^\d{4}-\d\d-\d\d$/,
  'user-id-with-max-length': /\|/,
  'organization-id': /^org_/,
  'event-stream-id': /^est_/,
  'html-color': /^#/,
  'html-color-or-null': /^#/,
  ipv4: /^10/,
  hostname: /^acme/,
  uuid: /^0{8}-/,
};

function smallestText({ format, pattern, minLength = 0, maxLength = LONGEST }: JsonSchema): string {
  const isAddress = /ur[il]/.test(String(format ?? ''));
  const fits = (text: string) =>
    text.length >= Number(minLength) &&
    text.length <= Number(maxLength) &&
    (typeof pattern !== 'string' || new RegExp(pattern).test(text)) &&
    (!isAddress || text.startsWith('https:')) &&
    (formats[String(format)]?.test(text) ?? true);
  const prefix = /^\^(\w+_)\[/.exec(String(pattern))?.[1];
  const id = prefix === undefined ? [] : [`${prefix}${'a'.repeat(16)}`];
  return [...texts, ...id].find(fits) ?? expect.fail(`No text for ${format} ${pattern}`);
}

function typesOf({ type }: JsonSchema): string[] {
  return [type].flat().filter((one) => one !== undefined) as string[];
}

function resolved(schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : resolved(publishedSchema(schema.$ref));
}

/** The path with resources that exist, as far as there are any, and values of the form that the description asks for. */
function pathOf({ path, parameters = [] }: PublishedOperation): string {
  const [, family = ''] = path.split('/');
  let isFirst = true;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const schema = parameters.find((one) => one.name === name)?.schema;
    const known = isFirst ? existing[family] : undefined;
    isFirst = false;
    return encodeURIComponent(known ?? String(schema === undefined ? 'auth0|1' : smallest(schema)));
  });
}
