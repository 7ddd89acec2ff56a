import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import type { ExecutionRecord } from '../../src/tenant/store/records/actions/execution-repository.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { makeRelyingParty, signIn } from '../sign-in-with-openid-client.ts';

const ADA = { username: 'ada@example.com', password: 'Correct-horse-9' };

/** The end of a login with the article's Action: the claims of the ID token, or the error for the application. */
export interface ArticleLogin {
  readonly claims?: Record<string, unknown>;
  readonly error?: string;
  readonly description?: string;
  readonly executions: readonly ExecutionRecord[];
}

/** A tenant with one user and one application, for the article's Action. */
export interface ArticleTenant {
  readonly local: LocalTenant;
  readonly userId: string;
  login(): Promise<ArticleLogin>;
  roles(): Promise<(string | undefined)[]>;
}

/** Starts one in memory. The caller closes its tenant. */
export async function startArticleTenant(): Promise<ArticleTenant> {
  const local = await startLocalTenant();
  const party = await makeRelyingParty(local, { redirectUri: 'http://localhost:4040/callback' }, ADA);
  const [user] = await local.management.users.listUsersByEmail({ email: ADA.username });
  const userId = user?.user_id ?? '';
  let executions: ExecutionRecord[] = [];
  local.tenant.onExecution((execution) => executions.push(execution));
  return {
    local,
    userId,
    async login() {
      executions = [];
      try {
        const { id_token = '' } = await signIn(party, ADA);
        return { claims: decodeJwt(id_token), executions };
      } catch (thrown) {
        const { error, error_description } = thrown as { error?: string; error_description?: string };
        if (error === undefined) throw thrown;
        return { error, description: error_description ?? '', executions };
      }
    },
    roles: async () => (await local.management.users.roles.list(userId)).data.map(({ id }) => id),
  };
}

/** Expects that a login fails because the SDK's version does not have the method that the Action calls. */
export async function expectCallIsGone(article: ArticleTenant): Promise<void> {
  const { error, description, executions } = await article.login();
  expect([error, description]).toEqual(['access_denied', 'management.getUserRoles is not a function']);
  expect(executions[0]?.results[0]).toMatchObject({ error: { name: 'TypeError' }, requests: [] });
  expect(await article.roles()).toEqual([]);
}
