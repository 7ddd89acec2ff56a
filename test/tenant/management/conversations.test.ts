// Conversations in our own words, as Auth0 documents them. `npm run replay` judges recorded ones.
import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Exchange, judgeConversation } from './judge-conversation.ts';
import { type ManagementFixture, openManagement } from './management-fixture.ts';

const folder = new URL('conversations/', import.meta.url);
const conversations = readdirSync(folder).map((file) => {
  const exchanges: readonly Exchange[] = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
  return { name: file.replace('.json', ''), exchanges };
});

describe('a conversation with an empty tenant', () => {
  let tenant: ManagementFixture;
  beforeEach(async () => {
    tenant = await openManagement();
  });
  afterEach(() => tenant.close());

  it.each(conversations)('is answered as Auth0 documents it: $name', async ({ exchanges }) => {
    expect(exchanges.length).toBeGreaterThan(3);
    expect(await judgeConversation(exchanges, tenant.call)).toEqual([]);
  });
});

describe('the judge of conversations', () => {
  const role = { id: '{role}', name: 'Clerk' };
  const exchanges: readonly Exchange[] = [
    { method: 'POST', path: '/roles', body: { name: 'Clerk' }, status: 200, response: role },
    { method: 'GET', path: '/roles/{role}', status: 200, response: role },
  ];
  const judge = async (second: { status?: number; body?: unknown }) => {
    const paths: string[] = [];
    const findings = await judgeConversation(exchanges, async (_method, path) => {
      paths.push(path);
      const first = { status: 200, body: { id: 'rol_1|x', name: 'Clerk' } };
      return paths.length === 1 ? first : { ...first, ...second };
    });
    expect(paths).toEqual(['/roles', '/roles/rol_1%7Cx']);
    return findings.map((finding) => finding.replace('#1 GET /roles/{role}: ', ''));
  };

  it.each([
    [{}, []],
    [{ status: 404 }, ['status 404, not 200']],
    [{ body: { id: 'rol_1|x' } }, ['body.name is missing']],
    [{ body: { id: 'rol_1|x', name: 'Clerk', more: 1 } }, ['body.more is not documented']],
    [{ body: { id: 'rol_1|x', name: null } }, ['body.name is null']],
    [{ body: { id: 'rol_2', name: 'Clerk' } }, ['body.id is "rol_2"']],
    [{ body: [] }, ['body is no object']],
  ])('finds what differs in %j', async (second, findings) => {
    expect(await judge(second)).toEqual(findings);
  });
});
