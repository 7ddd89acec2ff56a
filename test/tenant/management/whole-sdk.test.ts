import { ManagementClient } from 'auth0';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishedOperations } from '../../../src/tenant/management/description/published-operations.ts';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

interface Answered {
  readonly request: string;
  readonly status: number;
  readonly errorCode: unknown;
}

let tenant: ManagementFixture;
let client: ManagementClient;
const answered: Answered[] = [];
beforeAll(async () => {
  tenant = await openManagement();
  client = new ManagementClient({
    domain: 'localhost:4000',
    token: await tenant.token(),
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      const response = await tenant.api.fetch(request);
      const text = await response.clone().text();
      const body: { errorCode?: unknown } = text.startsWith('{') ? JSON.parse(text) : {};
      answered.push({
        request: `${request.method} ${new URL(request.url).pathname.replace('/api/v2', '')}`,
        status: response.status,
        errorCode: body.errorCode,
      });
      return response;
    },
  });
});
afterAll(() => tenant.close());

/** Requests that the package cannot send empty. */
const bodies: Readonly<Record<string, unknown>> = {
  'jobs.usersImports.create': { users: Buffer.from('[]'), connection_id: 'con_0000000000000000' },
};

type Method = (...parameters: unknown[]) => Promise<unknown>;

/** All methods of a client and of the clients that it has, by their names: `users.roles.list`. */
function methodsOf(owner: object, prefix = ''): [name: string, call: Method, parameters: readonly string[]][] {
  const found: [string, Method, readonly string[]][] = [];
  for (let at = Object.getPrototypeOf(owner); at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (name === 'constructor' || name.startsWith('_')) continue;
      const value: unknown = property.get === undefined ? property.value : property.get.call(owner);
      if (typeof value === 'function') {
        const [, list = ''] = /^[^(]*\(([^)]*)\)/.exec(value.toString()) ?? [];
        const names = list.split(',').map((one) => one.trim().split(/\s|=/)[0] ?? '');
        found.push([`${prefix}${name}`, value.bind(owner) as Method, names.filter((one) => one !== '')]);
      } else if (typeof value === 'object' && value !== null) {
        found.push(...methodsOf(value, `${prefix}${name}.`));
      }
    }
  }
  return found;
}

describe('the whole surface of the official package', () => {
  it('is answered by every operation, and none is missing but the absent ones', async () => {
    const silent: string[] = [];
    for (const [name, call, parameters] of methodsOf(client)) {
      const before = answered.length;
      const values = parameters.map((parameter) =>
        /^(request|requestOptions)$/.test(parameter)
          ? parameter === 'request'
            ? (bodies[name] ?? {})
            : { maxRetries: 0 }
          : 'missing',
      );
      await call(...values).catch(() => undefined);
      if (answered.length === before) silent.push(name);
    }
    expect(silent).toEqual([]);
    expect(answered.filter(({ status }) => status >= 500 || status === 429)).toEqual([]);
    const built = new Set(builtOperations({} as ManagementDependencies).map(({ method, path }) => `${method} ${path}`));
    const absent = publishedOperations.filter(({ method, path }) => !built.has(`${method} ${path}`));
    const patterns = absent.map(({ method, path }) => new RegExp(`^${method} ${path.replace(/\{[^}]+\}/g, '[^/]+')}$`));
    const missing = answered.filter(({ errorCode }) => errorCode === 'operation_not_built');
    expect(missing.filter(({ request }) => !patterns.some((pattern) => pattern.test(request)))).toEqual([]);
    expect(absent.length).toBeLessThanOrEqual(15);
    // The package has a method for nearly every published operation.
    expect(new Set(answered.map(({ request }) => request)).size).toBeGreaterThan(400);
    // The others name what does not exist, or send nothing where something is required.
    expect(answered.filter(({ status }) => status < 300).length).toBeGreaterThan(90);
  });
});
