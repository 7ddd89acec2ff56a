import { readFileSync } from 'node:fs';
import { ManagementClient } from 'auth0';
import { inject } from 'vitest';
import { startTenant, type Tenant, type TenantOptions } from '../src/tenant/tenant.ts';
import { trustCertificates } from '../src/testing/trust-certificates.ts';
import { untilBuilt } from './until.ts';

/** A tenant in memory on free ports, and the official SDK to manage it with. */
export interface LocalTenant {
  readonly tenant: Tenant;
  readonly management: ManagementClient;
}

/** Starts a tenant, and makes this process trust it. */
export async function startLocalTenant(options: Partial<TenantOptions> = {}): Promise<LocalTenant> {
  const tenant = await startTenant({ port: 0, loopbackPort: 0, keys: inject('tenantKeys'), ...options });
  trustCertificates(readFileSync(tenant.caFile, 'utf8'));
  const management = new ManagementClient({
    domain: tenant.domain,
    clientId: tenant.management.clientId,
    clientSecret: tenant.management.clientSecret,
    telemetry: false,
  });
  return { tenant, management };
}

/** Creates an Action, deploys it, and binds it after those that are already bound. */
export async function bindAction(management: ManagementClient, name: string, code: string): Promise<string> {
  const { id } = await management.actions.create({
    name,
    code,
    runtime: 'node22',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
  });
  if (id === undefined) throw new Error('The Action got no id.');
  await untilBuilt(() => management.actions.get(id));
  await management.actions.deploy(id);
  const bound = (await management.actions.triggers.bindings.list('post-login')).data;
  await management.actions.triggers.bindings.updateMany('post-login', {
    bindings: [
      ...bound.flatMap((binding) =>
        binding.id === undefined ? [] : [{ ref: { type: 'binding_id' as const, value: binding.id } }],
      ),
      { ref: { type: 'action_id', value: id }, display_name: name },
    ],
  });
  return id;
}
