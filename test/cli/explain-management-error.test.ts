import { ManagementClient } from 'auth0';
import { describe, expect, it } from 'vitest';
import { explainManagementError } from '../../src/cli/explain-management-error.ts';
import { Problem } from '../../src/problem/problem.ts';

type Answer = () => Promise<Response>;

/** The problem that the official package's error for an answer leads to. */
async function problemFor(answer: Answer): Promise<Problem> {
  const management = new ManagementClient({ domain: 'x.test', token: 'token', fetch: answer, maxRetries: 0 });
  const error: unknown = await management.roles.list().then(
    () => undefined,
    (failure: unknown) => failure,
  );
  const refusal = explainManagementError(error, 'x.test');
  if (!(refusal instanceof Problem)) throw new Error(`No Problem: ${String(refusal)}`);
  return refusal;
}

const answering =
  (status: number, body: unknown): Answer =>
  async () =>
    typeof body === 'string'
      ? new Response(body, { status })
      : new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

const failing =
  (code: string, message: string): Answer =>
  () =>
    Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) }));

describe('the error of a tenant that refused or was not reached', () => {
  it.each([
    ['an unknown host', 'ENOTFOUND', 'getaddrinfo ENOTFOUND x.test', /Correct AUTH0_DOMAIN/],
    ['a port without a listener', 'ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:4000', /portcullis tenant/],
    ['a certificate of its own', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify', /NODE_EXTRA_CA_CERTS/],
    ['a certificate of another host', 'ERR_TLS_CERT_ALTNAME_INVALID', 'not in the list', /NODE_EXTRA_CA_CERTS/],
  ])('%s: what to do about that, and the cause once', async (_, code, message, remedy) => {
    const refusal = await problemFor(failing(code, message));
    expect(refusal.code).toBe('tenant_unreachable');
    expect(refusal.message.split(code)).toHaveLength(2);
    expect(refusal.remedy).toMatch(remedy);
  });

  it('a missing answer does not count as a refusal', async () => {
    const late = Object.assign(new Error('late'), { name: 'AbortError' });
    for (const refusal of [
      await problemFor(() => Promise.reject(late)),
      explainManagementError(await tokenError(), 'x.test') as Problem,
    ]) {
      expect(refusal.code).toBe('tenant_unreachable');
      expect(refusal.message).toBe('The tenant x.test did not answer in time.');
      expect(refusal.remedy).toContain('curl https://x.test/.well-known/openid-configuration');
    }
  });

  it('an invalid token is reported as wrong credentials', async () => {
    const body = { statusCode: 400, error: 'Bad Request', message: 'Bad HTTP authentication header format' };
    const refusal = await problemFor(answering(400, body));
    expect(refusal.message).toContain('does not accept these credentials (400)');
    expect(refusal.remedy).toContain('AUTH0_ACCESS_TOKEN');
  });

  it('a page of a proxy is not printed', async () => {
    const refusal = await problemFor(answering(502, '<html><body>Bad Gateway, a long page</body></html>'));
    expect(refusal.code).toBe('tenant_refused');
    expect(refusal.message).not.toMatch(/html|\n/);
    expect(refusal.remedy).toContain('Try again in a minute');
  });

  it.each([
    ['expected any of: read:roles', 'Grant the application read:roles. In Auth0:'],
    ['expected any of: read:roles,read:users', 'Grant the application one of: read:roles, read:users. In Auth0:'],
    ['expected all of: read:roles,read:users', 'Grant the application read:roles, read:users. In Auth0:'],
  ])('a missing scope is named: %s', async (expected, remedy) => {
    const message = `Insufficient scope, ${expected}`;
    const refusal = await problemFor(answering(403, { statusCode: 403, message, errorCode: 'insufficient_scope' }));
    expect(refusal.message).toBe(`The tenant x.test refused (403): ${message}`);
    expect(refusal.remedy).toContain(remedy);
  });

  it('an application without a grant for the API needs every scope', async () => {
    const refusal = await problemFor(answering(403, { error: 'access_denied', error_description: 'no client-grant' }));
    expect(refusal.message).toContain('no client-grant');
    expect(refusal.remedy).toMatch(/Grant the application read:clients, .*update:actions\. In Auth0:/);
  });
});

/** The package's own error if the token does not arrive. */
async function tokenError(): Promise<unknown> {
  const management = new ManagementClient({
    domain: 'x.test',
    clientId: 'id',
    clientSecret: 'secret',
    fetch: () => Promise.reject(Object.assign(new Error('late'), { name: 'TimeoutError' })),
  });
  return management.roles.list().then(
    () => undefined,
    (failure: unknown) => failure,
  );
}
