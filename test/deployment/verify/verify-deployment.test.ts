import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { planDeployment } from '../../../src/deployment/plan/plan-deployment.ts';
import { readTenant } from '../../../src/deployment/read-tenant.ts';
import { type CheckResult, checks, verifyDeployment } from '../../../src/deployment/verify/verify-deployment.ts';
import { verifyFacts } from '../../../src/deployment/verify/verify-facts.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { gatePolicy } from '../../gate-policy.ts';
import { bindAction } from '../../local-tenant.ts';
import { type DeployedTenant, startDeployedTenant } from '../deployed-tenant.ts';

type Break = (local: DeployedTenant) => Promise<unknown>;

const gateOf = async ({ management }: DeployedTenant) => {
  const [action] = (await management.actions.list({ actionName: 'Portcullis Gate' })).data;
  return action?.id ?? '';
};
const machineOf = async ({ management }: DeployedTenant) => {
  const client = (await management.clients.list()).data.find(({ name }) => name === 'Portcullis Gate');
  return client?.client_id ?? '';
};
const grantOf = async (local: DeployedTenant) => {
  const [grant] = (await local.management.clientGrants.list({ client_id: await machineOf(local) })).data;
  return grant?.id ?? '';
};
const redeploy = async (local: DeployedTenant, change: (code: string) => object) => {
  const id = await gateOf(local);
  const { code = '' } = await local.management.actions.get(id);
  await local.management.actions.update(id, change(code));
  await expect.poll(async () => (await local.management.actions.get(id)).status).toBe('built');
  await local.management.actions.deploy(id);
};

/** Changes to a tenant, and the checks that have to notice them, with their status. */
const BREAKS: readonly [string, Break, Readonly<Record<string, CheckResult['status']>>][] = [
  [
    'nothing was ever deployed',
    async (local) => {
      await local.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
      await local.management.actions.delete(await gateOf(local));
    },
    { action_present: 'fail', action_bound: 'fail', action_current: 'fail' },
  ],
  [
    'the code was edited by hand and deployed',
    (local) =>
      redeploy(local, (code) => ({ code: code.replace("unverifiedEmail: 'refuse'", "unverifiedEmail: 'admit'") })),
    { action_intact: 'fail', action_current: 'fail' },
  ],
  [
    'the draft was edited',
    async (local) => local.management.actions.update(await gateOf(local), { code: '// nothing' }),
    { action_deployed: 'warn' },
  ],
  [
    'the runtime is an older one',
    (local) => redeploy(local, () => ({ runtime: 'node18' })),
    { action_runtime: 'fail' },
  ],
  ['its secrets were taken away', (local) => redeploy(local, () => ({ secrets: [] })), { secret_present: 'fail' }],
  [
    'the secret was rotated',
    async (local) => local.management.clients.rotateSecret(await machineOf(local)),
    { secret_current: 'fail' },
  ],
  [
    'the Action was unbound',
    (local) => local.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] }),
    { action_bound: 'fail' },
  ],
  [
    'another Action overwrites the claim',
    (local) =>
      bindAction(
        local.management,
        'Meddler',
        `exports.onExecutePostLogin = async (event, api) => { api.idToken.setCustomClaim('${gatePolicy.claim}', ['Boss']); };`,
      ),
    { flow_after: 'fail' },
  ],
  [
    'an Action before ours denies access, which is the loop',
    async (local) => {
      await bindAction(
        local.management,
        'Bouncer',
        "exports.onExecutePostLogin = async (event, api) => { if (event.user.blocked) api.access.deny('No.'); };",
      );
      const bound = (await local.management.actions.triggers.bindings.list('post-login')).data.toReversed();
      await local.management.actions.triggers.bindings.updateMany('post-login', {
        bindings: bound.map(({ id = '' }) => ({ ref: { type: 'binding_id' as const, value: id } })),
      });
    },
    { flow_before: 'warn' },
  ],
  [
    'another Action names our entry in the cache',
    (local) =>
      bindAction(
        local.management,
        'Reader',
        "exports.onExecutePostLogin = async (event, api) => { api.cache.get('portcullis:' + event.client.client_id); };",
      ),
    { flow_cache: 'warn' },
  ],
  [
    'the grant lost a scope',
    async (local) => local.management.clientGrants.update(await grantOf(local), { scope: ['read:roles'] }),
    { grant_sufficient: 'fail' },
  ],
  [
    'the grant has more than it needs',
    async (local) =>
      local.management.clientGrants.update(await grantOf(local), {
        scope: ['read:roles', 'read:users', 'update:roles', 'delete:users'],
      }),
    { grant_minimal: 'fail' },
  ],
  [
    'people can sign in with the machine’s application',
    async (local) =>
      local.management.clients.update(await machineOf(local), {
        grant_types: ['client_credentials', 'password'],
        callbacks: ['https://x.example/cb'],
      }),
    { machine_application: 'warn' },
  ],
  [
    'a role was deleted',
    async ({ management }) => {
      const [role] = (await management.roles.list({ name_filter: 'APEX User' })).data;
      await management.roles.delete(role?.id ?? '');
    },
    { roles_exist: 'fail' },
  ],
  [
    'the default role may manage the tenant',
    async ({ management, tenant }) => {
      const [role] = (await management.roles.list({ name_filter: 'APEX User' })).data;
      await management.roles.permissions.add(role?.id ?? '', {
        permissions: [{ resource_server_identifier: tenant.management.audience, permission_name: 'delete:users' }],
      });
    },
    { roles_harmless: 'fail' },
  ],
  [
    'the application needs no secret',
    ({ management, application }) => management.clients.update(application, { token_endpoint_auth_method: 'none' }),
    { application_confidential: 'warn' },
  ],
  [
    'the application has other grants',
    ({ management, application }) =>
      management.clients.update(application, { grant_types: ['authorization_code', 'password'] }),
    { application_grants: 'warn' },
  ],
  [
    'the application lost the authorization code grant',
    ({ management, application }) => management.clients.update(application, { grant_types: ['client_credentials'] }),
    { application_grants: 'fail' },
  ],
  [
    'the callback was taken out',
    ({ management, application }) => management.clients.update(application, { callbacks: [] }),
    { callback_urls: 'fail' },
  ],
  [
    'a wildcard was added to the callbacks',
    ({ management, application, wanted }) =>
      management.clients.update(application, { callbacks: [...wanted().callbacks, 'https://*.apex.test/cb'] }),
    { callback_urls: 'warn' },
  ],
  [
    'the landing page was taken off the list',
    ({ management, application }) => management.clients.update(application, { allowed_logout_urls: [] }),
    { logout_urls: 'fail' },
  ],
  [
    'no connection is on',
    async ({ management, application }) => {
      for await (const connection of await management.connections.list()) {
        await management.connections.clients.update(connection.id ?? '', [{ client_id: application, status: false }]);
      }
    },
    { connections_enabled: 'fail', emails_verifiable: 'fail' },
  ],
  [
    'an apply is running',
    async (local) => {
      const [begun, expires] = [0, 50_000].map((later) => new Date(Date.now() + later).toISOString());
      await local.management.clients.update(await machineOf(local), {
        client_metadata: { portcullis_apply: `other-process ${begun} ${expires}` },
      });
    },
    { no_apply_running: 'warn' },
  ],
];

const SCOPES = [
  ...['read:clients', 'create:clients', 'update:clients', 'read:client_keys', 'read:client_grants'],
  ...['create:client_grants', 'update:client_grants', 'read:roles', 'create:roles', 'update:roles', 'delete:roles'],
  ...['read:actions', 'create:actions', 'update:actions', 'delete:actions', 'delete:clients'],
  ...['read:connections', 'read:users', 'read:logs'],
];

/** Undoes every break: what `apply` sets by `apply`, and the rest itself. */
async function repair(local: DeployedTenant, policy: Policy): Promise<void> {
  const { management, application, tenant } = local;
  for (const { id = '', name } of (await management.actions.list()).data) {
    if (name !== 'Portcullis Gate') await management.actions.delete(id, { force: true });
  }
  await management.clients.update(application, {
    token_endpoint_auth_method: 'client_secret_post',
    grant_types: ['authorization_code'],
  });
  for await (const { id = '' } of await management.connections.list()) {
    await management.connections.clients.update(id, [{ client_id: application, status: true }]);
  }
  await management.clients.update(await machineOf(local), {
    grant_types: ['client_credentials'],
    callbacks: [],
    client_metadata: { portcullis_apply: null },
  });
  for (const { id = '' } of (await management.roles.list()).data) {
    const permissions = (await management.roles.permissions.list(id)).data.map(({ permission_name = '' }) => ({
      resource_server_identifier: tenant.management.audience,
      permission_name,
    }));
    if (permissions.length > 0) await management.roles.permissions.delete(id, { permissions });
  }
  // A wildcard is not what apply added, so apply does not remove it.
  const { callbacks, logoutUrls } = local.wanted(policy);
  await management.clients.update(application, { callbacks: [...callbacks], allowed_logout_urls: [...logoutUrls] });
  await local.apply(policy);
}

describe('verify', () => {
  let local: DeployedTenant;
  let pages: Server;
  let policy: Policy;
  let answer: { status: number; location?: string };
  beforeAll(async () => {
    pages = createServer((_, response) => {
      response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location });
      response.end();
    }).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    policy = { ...gatePolicy, landingPage: `http://localhost:${(pages.address() as AddressInfo).port}/refused` };
    local = await startDeployedTenant();
    await local.apply(policy);
  });
  beforeEach(() => {
    answer = { status: 200 };
  });
  afterAll(async () => {
    pages.close();
    await local.tenant.close();
  });

  const verify = async (
    desired = local.wanted(policy),
    { scopes = SCOPES, of = local }: { scopes?: readonly string[]; of?: DeployedTenant } = {},
  ): Promise<Map<string, CheckResult>> => {
    const facts = verifyFacts(of.management, desired, () => Promise.resolve(scopes));
    const results = new Map<string, CheckResult>();
    const explain = (error: unknown) => ({ message: String(error), remedy: 'look' });
    for await (const result of verifyDeployment(facts, { skip: [], explain })) results.set(result.id, result);
    return results;
  };
  const notPassed = (results: ReadonlyMap<string, CheckResult>) =>
    [...results.values()].filter(({ status }) => status !== 'pass').map(({ id }) => id);

  it('passes a tenant that is as apply left it', async () => {
    expect(notPassed(await verify())).toEqual([]);
  });

  describe('of a tenant that was changed after the apply', () => {
    afterEach(() => repair(local, policy));
    // A break that is not undone would stay until here.
    afterAll(async () => expect(notPassed(await verify())).toEqual([]));

    it.each(BREAKS)('notices that %s', async (_, breakIt, expected) => {
      await breakIt(local);
      const results = await verify();
      for (const [id, status] of Object.entries(expected)) {
        expect(results.get(id)?.status, id).toBe(status);
        const [finding] = results.get(id)?.findings.filter((one) => one.status === status) ?? [];
        expect(finding?.looked, id).not.toBe('');
        expect(finding?.remedy, id).toBeTruthy();
      }
    });

    it('suggests to take over an Action with our name that Portcullis did not create', async () => {
      await redeploy(local, () => ({ code: 'exports.onExecutePostLogin = async () => {};' }));
      const results = await verify();
      for (const id of ['action_present', 'action_intact']) {
        expect(results.get(id)?.findings[0]?.remedy, id).toContain('portcullis apply --adopt');
      }
      // Now apply may replace it.
      await local.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
      await local.management.actions.delete(await gateOf(local));
    });
  });

  it('notices the loop: a landing page that redirects to the sign-in, does not exist, or cannot be reached', async () => {
    answer = { status: 302, location: `https://${local.tenant.domain}/authorize?client_id=x` };
    expect((await verify()).get('landing_page_public')).toMatchObject({
      status: 'fail',
      findings: [{ remedy: expect.stringContaining('Page Is Public') }],
    });
    answer = { status: 404 };
    expect((await verify()).get('landing_page_public')?.status).toBe('fail');
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const landingPage = `http://localhost:${(closed.address() as AddressInfo).port}/refused`;
    closed.close();
    const unreachable = await verify(local.wanted({ ...policy, landingPage }));
    expect(unreachable.get('landing_page_public')?.findings[0]?.remedy).toContain('--skip landing_page_public');
  });

  it('looks whether a factor is enabled, if a rule asks for one', async () => {
    const desired = local.wanted({
      ...policy,
      admit: [{ rule: 'administrators', when: { role: ['APEX Admin'] }, roles: [], mfa: true }],
    });
    const result = async (scopes: readonly string[]) => (await verify(desired, { scopes })).get('factor_enabled');
    const scopes = [...SCOPES, 'read:guardian_factors'];
    expect(await result(SCOPES)).toMatchObject({ status: 'warn' });
    expect(await result(scopes)).toMatchObject({ status: 'fail' });
    await local.management.guardian.factors.set('otp', { enabled: true });
    expect(await result(scopes)).toMatchObject({
      status: 'pass',
      findings: [{ looked: '"administrators"; enabled: otp' }],
    });
    await local.management.guardian.factors.set('otp', { enabled: false });
  });

  it('requests the signed-out page as APEX does, without the reason of a refusal', async () => {
    const requested: string[] = [];
    const note = ({ url = '' }) => requested.push(url);
    pages.on('request', note);
    const signedOut = `${new URL(policy.landingPage).origin}/signed-out`;
    await verify({ ...local.wanted(policy), logoutUrls: [policy.landingPage, signedOut] });
    pages.off('request', note);
    expect(requested).toEqual(['/refused?reason=unverified_email', '/signed-out']);
  });

  it('reports before the first apply what is missing, not that the tenant could not be reached', async () => {
    const of = await startDeployedTenant();
    const results = await verify(of.wanted(policy), { of });
    await of.tenant.close();
    for (const id of ['action_intact', 'secret_current', 'flow_after', 'machine_application']) {
      const [finding] = results.get(id)?.findings ?? [];
      expect(finding?.looked, id).toMatch(/^not looked at: (there is no Action of ours|.*application does not exist)$/);
      expect(finding?.remedy, id).toContain('portcullis apply');
    }
    for (const { id, findings } of results.values()) for (const { looked } of findings) expect(looked, id).not.toBe('');
    expect(results.get('roles_harmless')?.findings[0]?.looked).toBe('none of them exists yet');
  });

  it('notices a claim that Auth0 drops, and an older policy', async () => {
    const results = await verify(local.wanted({ ...policy, claim: 'https://x.auth0.com/roles' }));
    expect(results.get('claim_survives')?.status).toBe('fail');
    expect(results.get('action_current')?.status).toBe('fail');
  });

  it('warns that an unverified address may become a username in APEX', async () => {
    const admitting = { ...policy, unverifiedEmail: 'admit' as const };
    const desired = local.wanted(admitting);
    const [finding] = (await verify(desired)).get('names_verified')?.findings ?? [];
    expect(finding).toMatchObject({ status: 'warn', looked: expect.stringContaining(':APP_USER') });
    const { warnings } = await planDeployment(await readTenant(local.management, desired), desired, { adopt: false });
    expect(warnings).toEqual([expect.stringContaining(':APP_USER')]);
  });

  it('names the scopes that the credentials lack', async () => {
    const lacking = await verify(local.wanted(policy), { scopes: ['read:clients'] });
    const [finding] = lacking.get('credentials_scopes')?.findings ?? [];
    expect(finding).toMatchObject({ status: 'fail', looked: expect.stringContaining('update:actions') });
  });

  it('changes nothing', async () => {
    const digest = async () =>
      (
        await planDeployment(await readTenant(local.management, local.wanted(policy)), local.wanted(policy), {
          adopt: false,
        })
      ).digest;
    const before = await digest();
    await verify();
    expect(await digest()).toBe(before);
  });

  it('has more than twenty checks with different names', () => {
    expect(checks.length).toBeGreaterThan(20);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
  });
});
