import { DatabaseSync, StatementSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completeLogin, REDIRECT_URI, type Subject } from '../../../bench/complete-login.ts';
import { bindAction, type LocalTenant, startLocalTenant } from '../../local-tenant.ts';

const PASSWORD = 'Correct-horse-9';
const CONNECTION = 'Username-Password-Authentication';

describe('a complete login: page, password, one Action, code, tokens', () => {
  let local: LocalTenant;
  let subject: Subject;

  beforeAll(async () => {
    local = await startLocalTenant();
    const { management, tenant } = local;
    const { client_id: clientId = '', client_secret: clientSecret = '' } = await management.clients.create({
      name: 'APEX',
      app_type: 'regular_web',
      callbacks: [REDIRECT_URI],
    });
    for await (const { id = '' } of await management.connections.list()) {
      await management.connections.clients.update(id, [{ client_id: clientId, status: true }]);
    }
    await bindAction(
      management,
      'Claim',
      `exports.onExecutePostLogin = async (event, api) => { api.idToken.setCustomClaim('https://apex.example.com/n', 1); };`,
    );
    const paths = { url: tenant.loopbackUrl, authorizationPath: 'authorize', tokenPath: 'oauth/token' };
    subject = { ...paths, clientId, clientSecret, username: 'ann@elsewhere.example', password: PASSWORD };
    for (const email of ['ann@elsewhere.example', 'bob@elsewhere.example']) {
      await management.users.create({ connection: CONNECTION, email, email_verified: true, password: PASSWORD });
    }
    await completeLogin(subject);
  });
  afterAll(() => local.tenant.close());

  it.each([
    ['of a user who signed in before', 'ann@elsewhere.example', 22],
    ['of a user who signs in for the first time', 'bob@elsewhere.example', 25],
  ])('%s runs few SQL statements', async (_case, username, most) => {
    const statements = await countStatements(() => completeLogin({ ...subject, username }));
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(most);
    // A login that writes nothing is none: the count would be wrong.
    expect(statements.length).toBeGreaterThan(10);
  });
});

/** The statements that SQLite itself is given while `work` runs. */
async function countStatements(work: () => Promise<void>): Promise<string[]> {
  const statements: string[] = [];
  type Methods = Record<string, (this: { sourceSQL?: string }, ...values: unknown[]) => unknown>;
  const restore = [
    ...['run', 'get', 'all', 'iterate'].map((method) => [StatementSync.prototype, method] as const),
    [DatabaseSync.prototype, 'exec'] as const,
  ].map(([prototype, method]) => {
    const methods = prototype as unknown as Methods;
    const original = methods[method];
    if (original === undefined) throw new Error(`node:sqlite has no ${method}.`);
    methods[method] = function (...values) {
      statements.push((this.sourceSQL ?? String(values[0])).replaceAll(/\s+/g, ' '));
      return original.apply(this, values);
    };
    return () => {
      methods[method] = original;
    };
  });
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return statements;
}
