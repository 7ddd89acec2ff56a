import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  describedOperations,
  publishedOperations,
} from '../../../src/tenant/management/description/published-operations.ts';
import { builtOperations } from '../../../src/tenant/management/management-api.ts';
import type { ManagementDependencies } from '../../../src/tenant/management/management-dependencies.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
beforeAll(async () => {
  tenant = await openManagement();
});
afterAll(() => tenant.close());

const refusal = (statusCode: number, error: string, message: string, errorCode?: string) => ({
  statusCode,
  error,
  message,
  ...(errorCode && { errorCode }),
});

describe('a token', () => {
  it('is required', async () => {
    const { status, body } = await tenant.call('GET', '/roles', undefined, { token: '' });
    expect(status).toBe(401);
    expect(body).toMatchObject(refusal(401, 'Unauthorized', 'Missing authentication'));
  });

  it.each([
    ['not a token', 'abc', 400, 'Bad HTTP authentication header format'],
    ['three meaningless parts', 'a.b.c', 401, 'Invalid token'],
    ['a token without a signature (alg none)', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.x', 401, 'Invalid token'],
  ])('is refused if it is %s', async (_what, token, status, message) => {
    const answer = await tenant.call('GET', '/roles', undefined, { token });
    expect(answer).toMatchObject({ status, body: { statusCode: status, message } });
  });

  it('is refused if it has expired, or has another audience or issuer', async () => {
    const key = new TextEncoder().encode('a key that the tenant does not know');
    for (const [options, message] of [
      [{ expiresIn: '-1h' }, 'Expired token received for JSON Web Token validation'],
      [{ audience: 'https://other.example/' }, 'Bad audience: https://other.example/'],
      [{ key }, 'Invalid signature received for JSON Web Token validation'],
    ] as const) {
      const answer = await tenant.call('GET', '/roles', undefined, { token: await tenant.token(options) });
      expect(answer).toMatchObject({ status: 401, body: { message, attributes: { error: message } } });
    }
  });

  it('is refused with a scheme other than Bearer', async () => {
    const answer = await tenant.call('GET', '/roles', undefined, {
      token: '',
      headers: { authorization: 'Basic eDp5' },
    });
    expect(answer.body).toEqual(refusal(400, 'Bad Request', 'Bad HTTP authentication header format', 'Bearer'));
  });
});

describe('scopes', () => {
  it('are checked on every published operation, built or not', async () => {
    const token = await tenant.token({ scopes: ['read:nothing'] });
    for (const { method, path } of describedOperations) {
      const answer = await tenant.call(method, path.replace(/\{\w+\}/g, 'x'), undefined, { token });
      expect(answer.status, `${method} ${path}`).toBe(403);
      expect(answer.body.errorCode).toBe('insufficient_scope');
    }
  });

  it('are listed as Auth0 lists them', async () => {
    const { body } = await tenant.call('GET', '/connections', undefined, { scopes: ['read:users'] });
    const message = 'Insufficient scope, expected any of: read:connections';
    expect(body).toEqual(refusal(403, 'Forbidden', message, 'insufficient_scope'));
  });

  it('are all required if an operation needs several', async () => {
    const answer = await tenant.call('GET', '/users/auth0%7C1/roles', undefined, { scopes: ['read:roles'] });
    expect(answer).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('all of: read:users,read:roles') },
    });
  });
});

describe('paths', () => {
  it('that Auth0 does not have are not found', async () => {
    for (const [method, path] of [
      ['GET', '/nothing'],
      ['PUT', '/roles'],
      ['GET', '/roles/'],
      ['GET', '/../../etc/passwd'],
      ['OPTIONS', '/roles'],
    ] as const) {
      const answer = await tenant.call(method, path);
      expect(answer.status, path).toBe(404);
    }
    expect((await tenant.call('GET', '/nothing')).body).toEqual(refusal(404, 'Not Found', 'Not Found'));
  });

  it('that only Auth0 has answer 4xx with the name of the operation, to pages of any origin', async () => {
    const built = new Set(builtOperations({} as ManagementDependencies).map(({ method, path }) => `${method} ${path}`));
    for (const { method, path, name } of publishedOperations) {
      if (built.has(`${method} ${path}`)) continue;
      const { status, body, headers } = await tenant.call(method, path.replace(/\{\w+\}/g, 'x'));
      expect(status, `${method} ${path}`).toBe(method === 'GET' ? 404 : 400);
      expect(headers.get('access-control-allow-origin')).toBe('*');
      expect(body).toMatchObject({ errorCode: 'operation_not_built', message: expect.stringContaining(name) });
      const preflight = await tenant.call('OPTIONS', path.replace(/\{\w+\}/g, 'x'), undefined, {
        token: '',
        headers: { origin: 'https://page.example', 'access-control-request-method': method },
      });
      expect(preflight.status, `preflight of ${method} ${path}`).toBe(204);
      expect(preflight.headers.get('access-control-allow-methods')).toContain(method);
      expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
    }
  });
});

describe('bodies', () => {
  const post = (body: unknown, headers?: Record<string, string>) =>
    tenant.call('POST', '/roles', body, headers ? { headers } : {});
  const invalid = (message: string) => ({
    status: 400,
    body: refusal(400, 'Bad Request', message, 'invalid_body'),
  });

  it('must be JSON objects with the required members and no unknown ones', async () => {
    expect(await post('{"name":')).toMatchObject(invalid('Invalid request payload JSON format'));
    expect(await post('"text"')).toMatchObject(
      invalid("Payload validation error: 'Expected type object but found type string'."),
    );
    expect(await post(undefined)).toMatchObject(
      invalid("Payload validation error: 'Expected type object but found type null'."),
    );
    expect(await post({})).toMatchObject(invalid("Payload validation error: 'Missing required property: name'."));
    expect(await post({ name: 1 })).toMatchObject(
      invalid("Payload validation error: 'Expected type string but found type integer' on property name."),
    );
    expect(await post({ name: '' })).toMatchObject(
      invalid("Payload validation error: 'String is too short (0 chars), minimum 1' on property name."),
    );
    expect(await post({ name: 'x', other: 1 })).toMatchObject(
      invalid("Payload validation error: 'Additional properties not allowed: other'."),
    );
    expect(await post('{"name":"x","__proto__":{"admin":true}}')).toMatchObject({ status: 400 });
    expect(tenant.store.roles.list({}, { page: 0, perPage: 1 }).total).toBe(0);
  });

  it('over 1 MB are refused, with or without a declared length', async () => {
    const body = JSON.stringify({ name: 'x'.repeat(1024 * 1024) });
    expect(await post(body)).toMatchObject({ status: 413, body: { statusCode: 413 } });
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
        controller.close();
      },
    });
    const request = new Request('http://localhost/api/v2/roles', {
      method: 'POST',
      body: stream,
      duplex: 'half',
      headers: { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' },
    } as RequestInit);
    expect((await tenant.api.request(request)).status).toBe(413);
  });

  it('of another type, not in UTF-8, or nested endlessly are refused', async () => {
    expect(await post('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject({
      status: 415,
    });
    expect(await post({ name: 'x' }, { 'content-type': 'text/xml' })).toMatchObject({ status: 415 });
    expect(await post(`{"name":${'['.repeat(100_000)}`)).toMatchObject({ status: 400 });
    expect(await post(`${'{"a":'.repeat(80)}1${'}'.repeat(80)}`)).toMatchObject({ status: 400 });
    const broken = await tenant.api.request('/api/v2/roles', {
      method: 'POST',
      body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
      headers: { authorization: `Bearer ${await tenant.token()}`, 'content-type': 'application/json' },
    });
    expect(broken.status).toBe(400);
  });
});

describe('queries', () => {
  it.each([
    ['per_page=101', "Query validation error: 'Value 101 is greater than maximum 100' on property per_page."],
    ['page=-1', "Query validation error: 'Value -1 is less than minimum 0' on property page."],
    ['page=x', "Query validation error: 'Expected type integer but found type string' on property page."],
    ['page=1&page=2', "Query validation error: 'Expected type integer but found type array' on property page."],
    [
      'include_totals=yes',
      "Query validation error: 'Expected type boolean but found type string' on property include_totals.",
    ],
  ])('%s is refused', async (query, message) => {
    const { status, body } = await tenant.call('GET', `/roles?${query}`);
    expect(status).toBe(400);
    expect(body).toEqual(refusal(400, 'Bad Request', message, 'invalid_query_string'));
  });

  it('reach only the first 1000 rows by page', async () => {
    const { body } = await tenant.call('GET', '/users?page=10&per_page=100');
    expect(body).toMatchObject({ statusCode: 400, errorCode: 'invalid_paging' });
    expect((await tenant.call('GET', '/users?page=9&per_page=100')).status).toBe(200);
  });
});

describe('an internal error', () => {
  it('is answered without details, and logged by its code', async () => {
    const broken = await openManagement();
    const error = Object.assign(new Error('secret detail'), { code: 'EBROKEN' });
    Object.assign(broken.store.roles, {
      list: () => {
        throw error;
      },
    });
    const { status, body } = await broken.call('GET', '/roles');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('secret detail');
    expect(body).toMatchObject({ statusCode: 500, error: 'Internal Server Error' });
    const [entry] = broken.store.logs.list({ type: 'w' }, { page: 0, perPage: 1 }).rows;
    expect(entry?.description).toContain('EBROKEN');
    expect(entry?.description).not.toContain('secret detail');
    await broken.close();
  });
});
