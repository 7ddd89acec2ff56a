import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { makeRelyingParty, type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('./article-by-script.ts', import.meta.url));

describe('the official auth0 package, in a process that trusts the tenant with only NODE_EXTRA_CA_CERTS', () => {
  let local: LocalTenant;
  let created: { roleId: string; actionId: string };
  let party: RelyingParty;
  const person = { username: 'ann@example.com', password: 'Correct-horse-9' };

  beforeAll(async () => {
    local = await startLocalTenant();
    const { tenant } = local;
    const { stdout } = await run(process.execPath, [script], {
      env: {
        PATH: process.env.PATH,
        NODE_EXTRA_CA_CERTS: tenant.caFile,
        AUTH0_DOMAIN: tenant.domain,
        AUTH0_CLIENT_ID: tenant.management.clientId,
        AUTH0_CLIENT_SECRET: tenant.management.clientSecret,
      },
    });
    created = JSON.parse(stdout);
    const redirectUri = 'http://localhost:4040/ords/apex_authentication.callback';
    party = await makeRelyingParty(local, { redirectUri }, person);
  });
  afterAll(() => local.tenant.close());

  it('creates an Action whose own auth0@3.7.2 reaches the Management API during a login', async () => {
    const tokens = await signIn(party, person);
    expect(tokens.claims()?.['https://apex.example.com/roles']).toEqual([created.roleId]);
    const [user] = await local.management.users.listUsersByEmail({ email: person.username });
    const roles = (await local.management.users.roles.list(user?.user_id ?? '')).data;
    expect(roles.map(({ id }) => id)).toEqual([created.roleId]);
  });

  it('leaves users who already have the role as they are', async () => {
    const tokens = await signIn(party, person);
    expect(tokens.claims()).not.toHaveProperty(['https://apex.example.com/roles']);
  });

  it('shows the execution that the login names', async () => {
    const entries = (await local.management.logs.list({ per_page: 50 })).data;
    const login = entries.find((entry) => entry.type === 's');
    const details = login?.details as { actions?: { executions?: string[] } } | undefined;
    const [id = ''] = details?.actions?.executions ?? [];
    const execution = await local.management.actions.executions.get(id);
    expect(execution).toMatchObject({ trigger_id: 'post-login', status: 'final' });
  });
});
