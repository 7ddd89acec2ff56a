import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { type OperationFacts, operationFacts, type PublishedDescription, type Schema } from './description-facts.ts';

const file = join(import.meta.dirname, '../../../../shared/facts/openapi.management.json');
/** The description's facts about the operations that are compared here, one operation a line. Facts may be published, texts may not. */
const facts = 'description-facts.jsonl';

/** Compared in their own tests: they follow recordings, and the description is behind them. */
const elsewhere = /^\/(actions|clients|client-grants|resource-servers|connections|tenants)\b/;

/** Known differences, with their reasons. Bounds that only this tenant has do not count: every stored value needs a limit. */
const known: Readonly<Record<string, string>> = {
  'PATCH /users/{id} body.picture: type string,null for string': 'null removes it',
  'POST /organizations body.branding.logo_url: type string,null for string': 'null removes it',
  'PATCH /organizations/{id} body.branding.logo_url: type string,null for string': 'null removes it',
  'POST /roles body.type: only here': 'recorded',
  'POST /roles body.owner_id: only here': 'recorded',
  'POST /organizations body.third_party_client_access: only here': 'recorded',
  'POST /organizations body.is_app_entitlement_active: only here': 'recorded',
  'PATCH /organizations/{id} body.third_party_client_access: only here': 'recorded',
  'PATCH /organizations/{id} body.is_app_entitlement_active: only here': 'recorded',
  'POST /organizations/{id}/connections body.organization_access_level: another enum': 'null means none',
  'POST /users/{id}/identities body.provider: any for an enum':
    'an identity that does not exist is not found, regardless of its provider',
  'POST /jobs/verification-email body.identity.provider: any for an enum': 'the same',
  'POST /tickets/email-verification body.identity.provider: any for an enum': 'the same',
  'GET /organizations ?.include_client_association_for: only here': 'recorded',
  'GET /logs ?.q: only here': 'described in words',
};

const lowerBounds = ['minLength', 'minItems', 'minimum', 'minProperties'] as const;
const upperBounds = ['maxLength', 'maxItems', 'maximum', 'maxProperties'] as const;
/** Checked by rules of their own, which JSON Schema cannot express. */
const byRule =
  /(metadata: maxProperties|body\.name: m..Length|user_id: m..Length|page: maximum|body: minProperties|client_credentials: minProperties) /;

const schemaTypes = ({ type }: Schema) => [type].flat().filter((one) => one !== undefined && one !== 'null');

function differences(where: string, ours: Schema, theirs: Schema): string[] {
  const [only, ...more] = (ours.anyOf ?? [ours]).filter(({ type }) => type !== 'null');
  if (theirs.oneOf !== undefined || theirs.anyOf !== undefined || only === undefined || more.length > 0) return [];
  const found: string[] = [];
  const theirTypes = schemaTypes(theirs);
  const nullable = ours.anyOf !== undefined || [ours.type].flat().includes('null');
  if (theirTypes.length > 0 && schemaTypes(only).some((type) => !theirTypes.includes(type) && type !== 'integer')) {
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

const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'output' }) as Schema;

/** All others check requests by the description itself. */
const compared = builtOperations({} as ManagementDependencies).filter(
  ({ path, described }) => !elsewhere.test(path) && described === undefined,
);

it('bodies and queries match the published description', async () => {
  if (existsSync(file)) {
    const description: PublishedDescription = JSON.parse(readFileSync(file, 'utf8'));
    const lines = compared.map(({ method, path }) =>
      JSON.stringify({ operation: `${method} ${path}`, ...operationFacts(description, method, path) }),
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(facts);
  }
  const stored = readFileSync(join(import.meta.dirname, facts), 'utf8')
    .trimEnd()
    .split('\n');
  const published = new Map(
    stored.map((line): [string, OperationFacts] => {
      const { operation, ...described }: OperationFacts & { operation: string } = JSON.parse(line);
      return [operation, described];
    }),
  );
  expect([...published.keys()]).toEqual(compared.map(({ method, path }) => `${method} ${path}`));
  const found: string[] = [];
  for (const { method, path, query, body } of compared) {
    const name = `${method} ${path}`;
    const described = published.get(name);
    if (described === undefined) throw new Error(`The facts do not contain ${name}.`);
    const querySchema = query === undefined ? { properties: {} } : jsonSchema(query);
    found.push(...differences(`${name} ?`, querySchema, described.query));
    expect(body === undefined, `${name} takes a body`).toBe(described.body === undefined);
    if (body !== undefined && described.body !== undefined) {
      found.push(...differences(`${name} body`, jsonSchema(body), described.body));
    }
  }
  expect(found.filter((one) => known[one] === undefined && !byRule.test(one))).toEqual([]);
});
