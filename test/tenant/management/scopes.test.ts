import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  describedOperations,
  publishedOperations,
} from '../../../src/tenant/management/description/published-operations.ts';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { managementScopes } from '../../../src/tenant/management/management-scopes.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const scopesOf = (operations: typeof publishedOperations): ReadonlyMap<string, readonly string[]> =>
  new Map(operations.map(({ method, path, scopes }) => [`${method} ${path}`, scopes] as const));
const published = scopesOf(publishedOperations);
const described = scopesOf(describedOperations);

/** If the description's list and its text for the refusal differ, the text counts. */
const otherThanListed: Record<string, { anyOf: string[] } | { allOf: string[] }> = {
  'GET /logs': { anyOf: ['read:logs'] },
  'GET /logs/{id}': { anyOf: ['read:logs'] },
  'GET /users': { anyOf: ['read:users'] },
  'GET /users/{id}/roles': { allOf: ['read:users', 'read:roles'] },
  'GET /users/{id}/organizations': { anyOf: ['read:users', 'read:organizations'] },
  'GET /roles/{id}/users': { allOf: ['read:users', 'read:roles'] },
  'GET /clients/{id}/connections': { allOf: ['read:connections', 'read:clients'] },
  'POST /organizations': { anyOf: ['create:organizations'] },
  'POST /sessions/{id}/revoke': { anyOf: ['delete:sessions'] },
  'POST /users/{id}/revoke-access': { anyOf: ['delete:sessions'] },
};

const operations = builtOperations({} as ManagementDependencies).map(({ method, path }) => {
  const name = `${method} ${path}`;
  return { name, method, path, needed: otherThanListed[name] ?? { anyOf: described.get(name) ?? [] } };
});

const ask = (method: string, path: string, scopes: readonly string[]) =>
  tenant.call(method, path.replace(/\{\w+\}/g, 'auth0%7Cnobody'), undefined, { scopes });

describe.each(operations)('$name', ({ method, path, needed }) => {
  const scopes = 'anyOf' in needed ? needed.anyOf : needed.allOf;
  const refusal = (expected: string) => ({
    status: 403,
    body: {
      statusCode: 403,
      error: 'Forbidden',
      message: `Insufficient scope, expected ${expected}: ${scopes.join(',')}`,
      errorCode: 'insufficient_scope',
    },
  });

  it('is refused to a caller with every other scope', async () => {
    const others = managementScopes.filter((scope) => !scopes.includes(scope));
    const expected = refusal('anyOf' in needed ? 'any of' : 'all of');
    expect(await ask(method, path, others)).toMatchObject(expected);
    if ('anyOf' in needed) return;
    for (const missing of scopes) {
      expect(await ask(method, path, [...others, ...scopes.filter((one) => one !== missing)])).toMatchObject(expected);
    }
  });

  it('is open to a caller with only the required scopes', async () => {
    const enough = 'anyOf' in needed ? needed.anyOf.map((scope) => [scope]) : [needed.allOf];
    expect(enough.length).toBeGreaterThan(0);
    for (const held of enough) {
      const { status, body } = await ask(method, path, held);
      if (held[0]?.includes(':current_user') === true && path.startsWith('/users/')) {
        expect(body.message).toBe('User to be acted on does not match subject in bearer token.');
      } else if (method === 'GET' && path === '/supplemental-signals') {
        // A feature of another plan, regardless of the token's scopes.
        expect(body.message).toBe('Please upgrade your subscription to enable Akamai Signals.');
      } else expect(status, `${held}: ${JSON.stringify(body)}`).not.toBe(403);
    }
  });
});

/** The published list: a line for each operation, with its scopes. Facts may be published, texts may not. */
const publishedScopes = new URL('published-scopes.tsv', import.meta.url);
const facts = join(import.meta.dirname, '../../../../shared/facts/management-endpoints.tsv');

it('the tenant has the scopes of the published list', async () => {
  if (existsSync(facts)) {
    const lines = readFileSync(facts, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    const list = lines.map(([method, path, , scopes]) => `${method}\t${path}\t${scopes}\n`).join('');
    await expect(list).toMatchFileSnapshot('published-scopes.tsv');
  }
  const listed = readFileSync(publishedScopes, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  expect(listed.map(([method, path]) => `${method} ${path}`).sort()).toEqual([...published.keys()].sort());
  for (const [method, path, scopes = ''] of listed) {
    const needed = published.get(`${method} ${path}`) ?? [];
    expect([...needed].sort(), `${method} ${path}`).toEqual(scopes.split(/ AND |[ ,]+/).sort());
  }
});
