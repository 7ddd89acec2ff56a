import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalTenant } from '../local-tenant.ts';
import { ARTICLE_CLAIM, ARTICLE_SCOPES, followArticle } from './article-action.ts';
import { type ArticleTenant, expectCallIsGone, startArticleTenant } from './article-login.ts';

let article: ArticleTenant;
let local: LocalTenant;
beforeAll(async () => {
  article = await startArticleTenant();
  local = article.local;
});
afterAll(() => local.tenant.close());

describe('the article’s Action', () => {
  test('with auth0 3.7.2 and the permissions of the article lets no user in: they do not cover the user’s roles', async () => {
    await followArticle(local, { version: '3.7.2' });
    const { error, description, executions } = await article.login();
    expect(error).toBe('access_denied');
    expect(description).toMatch(/Insufficient scope/);
    expect(executions[0]?.results[0]).toMatchObject({
      error: { message: expect.stringMatching(/Insufficient scope/) },
      requests: [
        { method: 'POST', host: '[secret domain]', status: 200 },
        { method: 'GET', host: '[secret domain]', status: 403 },
      ],
    });
    expect(await article.roles()).toEqual([]);
  });

  test('with auth0 3.7.2 and read:users assigns the role, and sets its claim only at that login', async () => {
    const roleId = await followArticle(local, {
      version: '3.7.2',
      scopes: [...ARTICLE_SCOPES, 'read:users', 'read:role_members'],
    });
    const first = await article.login();
    expect(first.claims?.[ARTICLE_CLAIM]).toBe(roleId);
    expect(await article.roles()).toEqual([roleId]);
    expect(first.executions[0]?.results[0]?.requests?.map(({ method, status }) => `${method} ${status}`)).toEqual([
      'POST 200',
      'GET 200',
      'POST 200',
    ]);
    // A user who holds the role already signs in without the claim.
    const second = await article.login();
    expect(second.claims).toBeDefined();
    expect(second.claims).not.toHaveProperty([ARTICLE_CLAIM]);
    await local.management.users.roles.delete(article.userId, { roles: [roleId] });
  });

  test('with auth0 7.1.0 lets no user in: the method no longer exists', async () => {
    await followArticle(local, { version: '7.1.0', scopes: [...ARTICLE_SCOPES, 'read:users', 'read:role_members'] });
    await expectCallIsGone(article);
  });
});
