import { afterEach, beforeEach, expect, it } from 'vitest';
import { destroyDeployment } from '../../src/deployment/destroy/destroy-deployment.ts';
import { planDestroy } from '../../src/deployment/destroy/destroy-plan.ts';
import { bindAction } from '../local-tenant.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

let local: DeployedTenant;
beforeEach(async () => {
  local = await startDeployedTenant();
});
afterEach(() => local.tenant.close());

const destroy = async (keepRoles = false) => {
  const plan = await planDestroy(local.management, { keepRoles });
  await destroyDeployment(local.management, plan, { takeOver: false, settle: 1 });
};
/** Everything that a user would check, by its name. */
const everything = async () => {
  const { management, application } = local;
  const { callbacks, allowed_logout_urls } = await management.clients.get(application);
  return {
    roles: (await management.roles.list()).data.map(({ name }) => name).sort(),
    clients: (await management.clients.list()).data.map(({ name }) => name).sort(),
    grants: (await management.clientGrants.list()).data.map(({ client_id }) => client_id).sort(),
    actions: (await management.actions.list()).data.map(({ name }) => name).sort(),
    flow: (await management.actions.triggers.bindings.list('post-login')).data.map(({ display_name }) => display_name),
    callbacks,
    allowed_logout_urls,
  };
};

it('destroy leaves the tenant as it was, with everything that others had there or have added since', async () => {
  const { management, application } = local;
  await management.roles.create({ name: 'APEX User', description: 'Created by another tool' });
  await management.clients.update(application, { allowed_logout_urls: ['https://apex.test/bye'] });
  await bindAction(management, 'Before', 'exports.onExecutePostLogin = async () => {};');
  const before = await everything();
  await local.apply();
  await bindAction(management, 'After', 'exports.onExecutePostLogin = async () => {};');
  await management.clients.update(application, {
    callbacks: ['https://apex.test/ords/apex_authentication.callback', 'https://other.test/cb'],
  });
  expect((await everything()).flow).toEqual(['Before', 'Portcullis Gate', 'After']);
  await destroy();
  expect(await everything()).toEqual({
    ...before,
    actions: ['After', 'Before'],
    flow: ['Before', 'After'],
    callbacks: ['https://other.test/cb'],
  });
  // Items that do not exist any more are not an error.
  await destroy();
});

it('destroy leaves what existed before: a URL that was allowed, and roles on request', async () => {
  const { management, application } = local;
  const { callbacks } = local.wanted();
  await management.clients.update(application, { callbacks: [...callbacks] });
  await local.apply();
  await destroy(true);
  const after = await everything();
  expect(after.callbacks).toEqual(callbacks);
  expect(after.roles).toEqual(['APEX User', 'ORG:WATER']);
});

it('destroy changes neither an Action nor an application with our name that Portcullis did not create', async () => {
  const { management } = local;
  await management.clients.create({ name: 'Portcullis Gate', app_type: 'non_interactive' });
  await bindAction(management, 'Portcullis Gate', 'exports.onExecutePostLogin = async () => {};');
  const before = await everything();
  expect((await planDestroy(management, { keepRoles: false })).things).toEqual([]);
  await destroy();
  expect(await everything()).toEqual(before);
});
