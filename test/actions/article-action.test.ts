import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExecutionRecord } from '../../src/tenant/store/records/actions/execution-repository.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { makeRelyingParty, type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';
import { ARTICLE_CLAIM, ARTICLE_SCOPES, followArticle } from './article-action.ts';

const ADA = { username: 'ada@example.com', password: 'Correct-horse-9' };

let local: LocalTenant;
let party: RelyingParty;
let executions: ExecutionRecord[];
let userId: string;

beforeAll(async () => {
  local = await startLocalTenant();
  party = await makeRelyingParty(local, { redirectUri: 'http://localhost:4040/callback' }, ADA);
  const [user] = await local.management.users.listUsersByEmail({ email: ADA.username });
  userId = user?.user_id ?? '';
  local.tenant.onExecution((execution) => executions.push(execution));
});
afterAll(() => local.tenant.close());

/** How a login of the article's Action ends: the claims of the ID token, or the error that the application gets. */
async function login(): Promise<{ claims?: Record<string, unknown>; error?: string; description?: string }> {
  executions = [];
  try {
    const { id_token = '' } = await signIn(party, ADA);
    return { claims: decodeJwt(id_token) };
  } catch (thrown) {
    const { error, error_description } = thrown as { error?: string; error_description?: string };
    if (error === undefined) throw thrown;
    return { error, description: error_description ?? '' };
  }
}

const rolesOf = async () => (await local.management.users.roles.list(userId)).data.map(({ id }) => id);

describe('the article’s Action', () => {
  test('with auth0 3.7.2 and the permissions of the article lets nobody in: they do not reach the user’s roles', async () => {
    await followArticle(local, { version: '3.7.2' });
    const { error, description } = await login();
    expect(error).toBe('access_denied');
    expect(description).toMatch(/Insufficient scope/);
    expect(executions[0]?.results[0]).toMatchObject({
      error: { message: expect.stringMatching(/Insufficient scope/) },
      requests: [
        { method: 'POST', host: '[secret domain]', status: 200 },
        { method: 'GET', host: '[secret domain]', status: 403 },
      ],
    });
    expect(await rolesOf()).toEqual([]);
  });

  test('with auth0 3.7.2 and read:users beside them assigns the role, and has its claim on that login alone', async () => {
    const roleId = await followArticle(local, {
      version: '3.7.2',
      scopes: [...ARTICLE_SCOPES, 'read:users', 'read:role_members'],
    });
    const first = await login();
    expect(first.claims?.[ARTICLE_CLAIM]).toBe(roleId);
    expect(await rolesOf()).toEqual([roleId]);
    expect(executions[0]?.results[0]?.requests?.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'POST 200',
      'GET 200',
      'POST 200',
    ]);
    // Whoever holds the role comes in without the claim.
    const second = await login();
    expect(second.claims).toBeDefined();
    expect(second.claims).not.toHaveProperty([ARTICLE_CLAIM]);
    await local.management.users.roles.delete(userId, { roles: [roleId] });
  });

  test.each(['4.37.1', '7.1.0'])('with auth0 %s lets nobody in: the call is gone', async (version) => {
    await followArticle(local, { version, scopes: [...ARTICLE_SCOPES, 'read:users', 'read:role_members'] });
    const { error, description } = await login();
    expect([error, description]).toEqual(['access_denied', 'management.getUserRoles is not a function']);
    expect(executions[0]?.results[0]).toMatchObject({
      error: { name: 'TypeError' },
      requests: [],
    });
    expect(await rolesOf()).toEqual([]);
  });

  test('with no version, as the article says it, is with the latest, and lets nobody in', async () => {
    await followArticle(local, { version: 'latest' });
    const [{ dependencies = [] } = {}] = (
      await local.management.actions.list({ actionName: 'Assign Default Role latest 3' })
    ).data;
    expect(Number(dependencies[0]?.version?.split('.')[0])).toBeGreaterThanOrEqual(7);
    expect(await login()).toMatchObject({
      error: 'access_denied',
      description: expect.stringMatching(/is not a function/),
    });
  });
});
