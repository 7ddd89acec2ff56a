import type { ManagementClient } from 'auth0';
import { expect } from 'vitest';

/** Expects everything from `writeTenantFolder` on a tenant: roles, applications, a grant, an Action that is built and bound. */
export async function expectTenantOfFolder(management: ManagementClient): Promise<void> {
  const names = (await management.roles.list()).data.map(({ name }) => name);
  expect(names.sort()).toEqual(['ORG:default', 'ORG:manager']);
  const [bound, ...others] = (await management.actions.triggers.bindings.list('post-login')).data;
  expect(others).toEqual([]);
  const action = await management.actions.get(bound?.action?.id ?? '');
  expect(action).toMatchObject({
    name: 'Assign default role',
    status: 'built',
    all_changes_deployed: true,
    dependencies: [{ name: 'ms', version: '2.1.3' }],
    secrets: [{ name: 'defaultRole' }],
  });
  const clients = (await management.clients.list()).data;
  const machine = clients.find(({ name }) => name === 'Assign roles');
  const [grant] = (await management.clientGrants.list({ client_id: machine?.client_id ?? '' })).data;
  expect(grant?.scope).toEqual(['read:users', 'read:roles', 'update:roles']);
}
