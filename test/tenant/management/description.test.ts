import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { unusedFeatureOperations } from '../../../src/tenant/management/unused-features.ts';

interface Schema {
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
interface Described {
  readonly parameters?: readonly {
    readonly name: string;
    in: string;
    required?: boolean;
    schema: Schema;
    $ref?: string;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

const file = join(import.meta.dirname, '../../../../shared/facts/openapi.management.json');
const description = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;

/** Compared in the tests of their own: they follow recordings, which the description falls behind. */
const elsewhere = /^\/(actions|clients|client-grants|resource-servers|connections|tenants)\b/;

/** What differs, and why. Bounds that only this tenant has are no difference: whatever is stored has to end somewhere. */
const known: Readonly<Record<string, string>> = {
  'PATCH /users/{id} body.picture: type string,null for string': 'null takes it away',
  'POST /organizations body.branding.logo_url: type string,null for string': 'null takes it away',
  'PATCH /organizations/{id} body.branding.logo_url: type string,null for string': 'null takes it away',
  'POST /organizations/{id}/connections body.organization_access_level: another enum': 'null is none at all',
  'POST /users/{id}/identities body.provider: any for an enum':
    'an identity that nobody has is not found, whatever its provider',
  'POST /jobs/verification-email body.identity.provider: any for an enum': 'the same',
  'POST /tickets/email-verification body.identity.provider: any for an enum': 'the same',
  'GET /logs ?.q: only here': 'described in words',
};

const lowerBounds = ['minLength', 'minItems', 'minimum', 'minProperties'] as const;
const upperBounds = ['maxLength', 'maxItems', 'maximum', 'maxProperties'] as const;
/** Checked by a rule of their own, which a JSON schema cannot tell. */
const byRule =
  /(metadata: maxProperties|body\.name: m..Length|user_id: m..Length|page: maximum|body: minProperties|client_credentials: minProperties) /;

function whole(schema: Schema | undefined): Schema {
  let found = schema ?? {};
  while (found.$ref !== undefined) {
    found = found.$ref
      .split('/')
      .slice(1)
      .reduce((at, name) => at?.[name], description);
  }
  if (found.allOf === undefined) return found;
  const parts = found.allOf.map(whole);
  return {
    type: 'object',
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  };
}

const typesOf = ({ type }: Schema) => [type].flat().filter((one) => one !== undefined && one !== 'null');

function differences(where: string, ours: Schema, described: Schema): string[] {
  const theirs = whole(described);
  const [only, ...more] = (ours.anyOf ?? [ours]).filter(({ type }) => type !== 'null');
  if (theirs.oneOf !== undefined || theirs.anyOf !== undefined || only === undefined || more.length > 0) return [];
  const found: string[] = [];
  const theirTypes = typesOf(theirs);
  const nullable = ours.anyOf !== undefined || [ours.type].flat().includes('null');
  if (theirTypes.length > 0 && typesOf(only).some((type) => !theirTypes.includes(type) && type !== 'integer')) {
    found.push(`${where}: type ${only.type} for ${theirTypes}`);
  } else if ([only.type].flat().includes('null') && !nullable) found.push(`${where}: null`);
  const bound = (schema: Schema, name: string) => {
    const value = (schema as Record<string, unknown>)[name];
    return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
  };
  for (const name of [...lowerBounds, ...upperBounds]) {
    const [mine, wanted] = [bound(only, name), bound(theirs, name)];
    if (wanted !== undefined && wanted !== 0 && mine !== wanted) found.push(`${where}: ${name} ${mine} for ${wanted}`);
  }
  if (theirs.enum !== undefined) {
    const values = only.enum ?? ('const' in only ? [only.const] : undefined);
    if (values === undefined) found.push(`${where}: any for an enum`);
    else if (String([...values].sort()) !== String([...theirs.enum].sort())) found.push(`${where}: another enum`);
  }
  if (theirs.items !== undefined && only.items !== undefined) {
    found.push(...differences(`${where}[]`, only.items, theirs.items));
  }
  if (theirs.properties === undefined || only.properties === undefined) return found;
  const required = (schema: Schema, name: string) => schema.required?.includes(name) === true;
  for (const [name, member] of Object.entries(theirs.properties)) {
    const mine = only.properties[name];
    if (mine === undefined) found.push(`${where}.${name}: not here`);
    else found.push(...differences(`${where}.${name}`, mine, member));
    if (required(theirs, name) !== required(only, name)) found.push(`${where}.${name}: required on one side only`);
  }
  const more_ = Object.keys(only.properties).filter((name) => theirs.properties?.[name] === undefined);
  return [...found, ...more_.map((name) => `${where}.${name}: only here`)];
}

const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as Schema;

it.runIf(description !== undefined)('bodies and queries are what the published description has', () => {
  const unused = new Set(unusedFeatureOperations().map(({ method, path }) => `${method} ${path}`));
  const found: string[] = [];
  for (const { method, path, query, body } of builtOperations({} as ManagementDependencies)) {
    const name = `${method} ${path}`;
    if (elsewhere.test(path) || unused.has(name)) continue;
    const described: Described = description.paths[path][method.toLowerCase()];
    const parameters = (described.parameters ?? []).filter((parameter) => parameter.in === 'query');
    const properties = Object.fromEntries(parameters.map((one) => [one.name, one.schema]));
    const required = parameters.filter((one) => one.required === true).map((one) => one.name);
    const asked = query === undefined ? { properties: {} } : schemaOf(query);
    found.push(...differences(`${name} ?`, asked, { type: 'object', properties, required }));
    const [content] = Object.values(described.requestBody?.content ?? {});
    expect(body === undefined, `${name} takes a body`).toBe(content === undefined);
    if (body !== undefined && content !== undefined) {
      found.push(...differences(`${name} body`, schemaOf(body), content.schema));
    }
  }
  expect(found.filter((one) => known[one] === undefined && !byRule.test(one))).toEqual([]);
});
