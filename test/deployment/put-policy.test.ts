import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ManagementClient } from 'auth0';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putPolicy } from '../../src/deployment/put-policy.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { bindAction, type LocalTenant, startLocalTenant } from '../local-tenant.ts';

describe('putting a policy on a tenant', () => {
  let local: LocalTenant;
  let management: ManagementClient;
  const put = (next: Policy) => putPolicy(management, next, { domain: local.tenant.domain, logoutOrigins: {} });
  const writes = async () =>
    (await management.logs.list({ per_page: 100 })).data.filter((entry) => entry.type === 'sapi').length;
  const bindings = async () => (await management.actions.triggers.bindings.list('post-login')).data;

  beforeEach(async () => {
    local = await startLocalTenant();
    management = local.management;
    await management.clients.create({ name: 'APEX', app_type: 'regular_web' });
  });
  afterEach(() => local.tenant.close());

  it('creates the roles, the application with its grant, the Action and its binding', async () => {
    const { changes, actionId } = await put(policy);
    expect(changes).toMatchObject([
      { resource: 'application', name: 'Portcullis Gate', action: 'create' },
      { resource: 'role', name: 'APEX User', action: 'create' },
      { resource: 'role', name: 'ORG:WATER', action: 'create' },
      { resource: 'client_grant', name: 'Portcullis Gate', action: 'create' },
      { resource: 'action', name: 'Portcullis Gate', action: 'create' },
      { resource: 'binding', name: 'Portcullis Gate', action: 'create' },
    ]);
    expect(changes).toHaveLength(6);
    expect((await bindings()).map((binding) => binding.action?.id)).toEqual([actionId]);
    const action = await management.actions.get(actionId);
    expect(action.secrets?.map(({ name }) => name).sort()).toEqual(['clientSecret']);
    const [grant] = (await management.clientGrants.list({ audience: local.tenant.management.audience })).data.filter(
      (one) => one.client_id !== local.tenant.management.clientId,
    );
    expect(grant?.scope?.sort()).toEqual(['read:roles', 'read:users', 'update:roles']);
  });

  it('names applications by client id in the Action, since names can be changed', async () => {
    const { policy: resolved, actionId } = await put(policy);
    expect(resolved.applications).toHaveLength(1);
    expect(resolved.applications[0]).not.toBe('APEX');
    const { code } = await management.actions.get(actionId);
    expect(code).toContain(resolved.applications[0]);
  });

  it('changes nothing, and writes nothing, the second time', async () => {
    await put(policy);
    const before = await writes();
    const { changes } = await put(policy);
    expect(changes).toEqual([]);
    expect(await writes()).toBe(before);
  });

  it('reads the tenant once if there is nothing to do', async () => {
    await put(policy);
    const requests: string[] = [];
    const listen = (message: unknown) => {
      const { method, path } = (message as { request: { method: string; path: string } }).request;
      requests.push(`${method} ${path.replace(/^\/api\/v2|\?.*$/g, '')}`);
    };
    subscribe('undici:request:create', listen);
    await put(policy);
    unsubscribe('undici:request:create', listen);
    expect(requests.filter((request) => request !== 'POST /oauth/token').sort()).toEqual([
      'GET /actions/actions',
      'GET /actions/triggers/post-login/bindings',
      'GET /client-grants',
      'GET /clients',
      'GET /roles',
    ]);
  });

  it('deploys an edited policy and leaves the rest as it is', async () => {
    await put(policy);
    const { defaultRole: _, ...strict } = policy;
    const { changes, actionId } = await put(strict);
    expect(changes).toMatchObject([
      {
        resource: 'action',
        action: 'update',
        fields: [{ name: 'policy.defaultRole', before: 'APEX User', after: '(none)' }, { name: 'code' }],
      },
    ]);
    const { deployed_version: deployed } = await management.actions.get(actionId);
    expect(deployed?.number).toBe(2);
  });

  it('gives the Action new credentials if its own application had to be created again', async () => {
    const { actionId } = await put(policy);
    for await (const client of await management.clients.list()) {
      if (client.name === 'Portcullis Gate') await management.clients.delete(client.client_id ?? '');
    }
    const { changes } = await put(policy);
    expect(changes).toContainEqual(expect.objectContaining({ resource: 'application', action: 'create' }));
    expect(changes).toContainEqual(expect.objectContaining({ resource: 'action', action: 'update' }));
    expect((await management.actions.get(actionId)).deployed_version?.number).toBe(2);
  });

  it('gives the Action new credentials if an earlier run created the application and stopped', async () => {
    const { actionId } = await put(policy);
    for await (const client of await management.clients.list()) {
      if (client.name === 'Portcullis Gate') await management.clients.delete(client.client_id ?? '');
    }
    const { client_id: clientId } = await management.clients.create({
      name: 'Portcullis Gate',
      app_type: 'non_interactive',
      client_metadata: { portcullis: 'gate' },
    });
    const { changes } = await put(policy);
    expect(changes).toContainEqual(expect.objectContaining({ resource: 'action', action: 'update' }));
    expect((await management.actions.get(actionId)).deployed_version?.code).toContain(clientId);
  });

  it("leaves others' bindings and their order as they are", async () => {
    const first = await bindAction(management, 'First', 'exports.onExecutePostLogin = async () => {};');
    const second = await bindAction(management, 'Second', 'exports.onExecutePostLogin = async () => {};');
    const { actionId } = await put(policy);
    expect((await bindings()).map((binding) => binding.action?.id)).toEqual([first, second, actionId]);
  });

  it('keeps the position in the flow to which the Action was moved', async () => {
    const { actionId } = await put(policy);
    const other = await bindAction(management, 'Other', 'exports.onExecutePostLogin = async () => {};');
    await put({ ...policy, onFailure: 'admit' });
    expect((await bindings()).map((binding) => binding.action?.id)).toEqual([actionId, other]);
  });

  it('removes a scope that was added to its own application', async () => {
    await put(policy);
    const grant = (await management.clientGrants.list({ audience: local.tenant.management.audience })).data.find(
      (one) => one.client_id !== local.tenant.management.clientId,
    );
    await management.clientGrants.update(grant?.id ?? '', {
      scope: ['read:users', 'read:roles', 'update:roles', 'delete:users'],
    });
    const { changes } = await put(policy);
    expect(changes).toMatchObject([{ resource: 'client_grant', action: 'update' }]);
  });

  it('refuses to take over what it did not create', async () => {
    await management.actions.create({
      name: 'Portcullis Gate',
      code: 'exports.onExecutePostLogin = async () => {};',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
    });
    await expect(put(policy)).rejects.toMatchObject({ code: 'unowned_action' });
  });

  it('refuses to take over an application of the same name', async () => {
    await management.clients.create({ name: 'Portcullis Gate', app_type: 'non_interactive' });
    await expect(put(policy)).rejects.toMatchObject({ code: 'unowned_application' });
  });

  it('reports an application that does not exist, or whose name two applications have', async () => {
    await expect(put({ ...policy, applications: ['APX'] })).rejects.toMatchObject({
      code: 'application_not_found',
      remedy: expect.stringContaining('APEX'),
    });
    await management.clients.create({ name: 'APEX', app_type: 'regular_web' });
    await expect(put(policy)).rejects.toMatchObject({ code: 'application_ambiguous' });
  });
});
