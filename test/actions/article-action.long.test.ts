import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalTenant } from '../local-tenant.ts';
import { ARTICLE_SCOPES, followArticle } from './article-action.ts';
import { type ArticleTenant, expectCallIsGone, startArticleTenant } from './article-login.ts';

let article: ArticleTenant;
let local: LocalTenant;
beforeAll(async () => {
  article = await startArticleTenant();
  local = article.local;
});
afterAll(() => local.tenant.close());

describe('the article’s Action', () => {
  test('with auth0 4.37.1 lets no user in: the method no longer exists', async () => {
    await followArticle(local, { version: '4.37.1', scopes: [...ARTICLE_SCOPES, 'read:users', 'read:role_members'] });
    await expectCallIsGone(article);
  });

  test('without a version, as in the article, uses the latest, and lets no user in', async () => {
    await followArticle(local, { version: 'latest' });
    const [{ dependencies = [] } = {}] = (
      await local.management.actions.list({ actionName: 'Assign Default Role latest 3' })
    ).data;
    expect(Number(dependencies[0]?.version?.split('.')[0])).toBeGreaterThanOrEqual(7);
    expect(await article.login()).toMatchObject({
      error: 'access_denied',
      description: expect.stringMatching(/is not a function/),
    });
  });
});
