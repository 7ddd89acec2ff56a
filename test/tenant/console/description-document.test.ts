import { describe, expect, it } from 'vitest';
import { consoleScopes } from '../../../src/tenant/administrator/console-scopes.ts';
import { describedBody, describedOperationsDocument } from '../../../src/tenant/console/description-document.ts';
import { describedOperations } from '../../../src/tenant/management/description/published-operations.ts';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';

/** Scopes of the options of a connection, which the description of its operations does not name. */
const OF_MEMBERS = ['read:connections_options', 'update:connections_options'];

describe('the description for the console', () => {
  const operations = describedOperationsDocument();
  const at = (method: string, path: string) =>
    operations.find((one) => one.method === method && one.path === path) ?? expect.fail(`${method} ${path}`);

  it('has every operation with its state, and what is special here', () => {
    expect(operations).toHaveLength(describedOperations.length);
    expect(at('POST', '/log-streams')).toMatchObject({ state: 'effective', limit: expect.stringContaining('webhook') });
    expect(at('GET', '/rules')).toMatchObject({ state: 'kept' });
    expect(at('GET', '/events')).toMatchObject({ state: 'absent' });
  });

  it('distinguishes a list from a setting that has a list among its members', () => {
    expect(at('GET', '/roles').list).toBe('roles');
    expect(at('GET', '/guardian/factors').list).toBe('');
    expect(at('GET', '/actions/triggers/{triggerId}/bindings').list).toBe('bindings');
    expect(at('GET', '/attack-protection/bot-detection').list).toBeUndefined();
    expect(at('GET', '/guardian/policies').list).toBeUndefined();
    expect(at('GET', '/actions/executions/{id}').list).toBeUndefined();
  });

  it('names the values of parameters without references', () => {
    expect(at('GET', '/email-templates/{templateName}').parameters).toEqual([
      { name: 'templateName', schema: expect.objectContaining({ enum: expect.arrayContaining(['verify_email']) }) },
    ]);
    expect(JSON.stringify(operations)).not.toContain('$ref');
  });

  it('has the schema of each body with all that it refers to', () => {
    for (const { method, path, hasBody } of operations) {
      const body = describedBody(new URLSearchParams({ method, path }));
      expect(body !== null, `${method} ${path}`).toBe(hasBody === true);
      for (const [, name = ''] of JSON.stringify(body).matchAll(/"\$ref":"([^"]+)"/g)) {
        expect(body?.schemas, `${method} ${path}`).toHaveProperty(name);
      }
    }
    expect(describedBody(new URLSearchParams({ method: 'POST', path: '/nothing' }))).toBeNull();
  });
});

describe('the scopes of the console', () => {
  const own = builtOperations({} as ManagementDependencies);

  it('allow every operation, for every user', () => {
    const scopes = new Set(consoleScopes);
    const forbidden = describedOperations.filter(({ method, path, scopes: published }) => {
      const required = own.find((one) => one.method === method && one.path === path)?.scopes ?? { anyOf: published };
      if ('allOf' in required) return !required.allOf.every((scope) => scopes.has(scope));
      const forAnyUser = required.anyOf.filter((scope) => !scope.includes(':current_user'));
      // Some are for users alone, such as a key of their own device.
      return forAnyUser.length > 0 && !forAnyUser.some((scope) => scopes.has(scope));
    });
    expect(forbidden.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('allow members that have scopes of their own', () => {
    expect(consoleScopes).toEqual(expect.arrayContaining(OF_MEMBERS));
  });

  it('have none that no operation asks for', () => {
    const known = new Set([
      ...OF_MEMBERS,
      ...describedOperations.flatMap(({ scopes }) => scopes),
      ...own.flatMap(({ scopes }) => (scopes === undefined ? [] : Object.values(scopes).flat())),
    ]);
    expect(consoleScopes.filter((scope) => !known.has(scope))).toEqual([]);
  });
});
