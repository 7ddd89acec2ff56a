import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import { payloadOf, requestToken } from './login-steps.ts';
import { API, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
let grantId: string;
beforeEach(async () => {
  tenant = await startTenant();
  for (const name of ['one', 'two']) tenant.store.organizations.insert({ id: `org_${name}`, name, connections: [] });
  grantId = tenant.store.clientGrants.findFor('web', API)?.id ?? '';
  if (grantId === '') {
    grantId = 'cgr_web';
    tenant.store.clientGrants.insert({
      id: grantId,
      client_id: 'web',
      audience: API,
      scope: [],
      subject_type: 'client',
      other: {},
    });
  }
  tenant.store.organizationGrants.add('org_one', grantId);
});
afterEach(() => tenant.close());

function allow(other: JsonObject) {
  const grant = tenant.store.clientGrants.find(grantId);
  if (grant === undefined) throw new Error('no grant');
  tenant.store.clientGrants.update({ ...grant, other });
}

function change(other: JsonObject) {
  const web = tenant.store.clients.find('web');
  if (web === undefined) throw new Error('no client');
  tenant.store.clients.update({ ...web, other });
}

const request = (fields: Record<string, string> = {}) =>
  requestToken(tenant, { grant_type: 'client_credentials', audience: API, ...fields });
const organizationOf = async (fields?: Record<string, string>) => {
  const { status, body } = await request(fields);
  return status === 200 ? payloadOf(body.access_token).org_id : [body.error, body.error_description];
};

describe('a token of a machine', () => {
  it('is for the organization that the request names, if the grant allows it', async () => {
    allow({ organization_usage: 'allow' });
    expect(await organizationOf({ organization: 'org_one' })).toBe('org_one');
    expect(await organizationOf()).toBeUndefined();
    expect(await organizationOf({ organization: 'org_gone' })).toEqual([
      'invalid_request',
      'parameter organization is invalid',
    ]);
    expect(await organizationOf({ organization: 'one' })).toEqual([
      'invalid_request',
      'parameter organization must be an organization id',
    ]);
    tenant.store.settings.set('tenant_settings', { allow_organization_name_in_authentication_api: true });
    const { body } = await request({ organization: 'one' });
    expect(payloadOf(body.access_token)).toMatchObject({ org_id: 'org_one', org_name: 'one' });
  });

  it('is for no organization that the grant is not for, unless it is for any', async () => {
    allow({ organization_usage: 'allow' });
    expect((await request({ organization: 'org_two' })).body).toMatchObject({ error: 'access_denied' });
    allow({ organization_usage: 'allow', allow_any_organization: true });
    expect(await organizationOf({ organization: 'org_two' })).toBe('org_two');
  });

  it('is for none if the grant says so, and must be for one if it says that', async () => {
    for (const other of [{}, { organization_usage: 'deny', allow_any_organization: true }]) {
      allow(other);
      expect(await organizationOf({ organization: 'org_one' })).toEqual([
        'invalid_request',
        'parameter organization is not allowed for this client',
      ]);
      expect(await organizationOf()).toBeUndefined();
    }
    allow({ organization_usage: 'require' });
    expect(await organizationOf()).toEqual(['invalid_request', 'parameter organization is required for this client']);
    expect(await organizationOf({ organization: 'org_one' })).toBe('org_one');
  });

  it('is for the default organization of the application', async () => {
    allow({ organization_usage: 'require' });
    change({ default_organization: { organization_id: 'org_one', flows: ['client_credentials'] } });
    expect(await organizationOf()).toBe('org_one');
    change({ default_organization: { organization_id: 'org_one', flows: [] } });
    expect(await organizationOf()).toEqual(['invalid_request', 'parameter organization is required for this client']);
    change({ default_organization: { organization_id: 'org_one', flows: ['client_credentials'] } });
    allow({ organization_usage: 'deny' });
    expect(await organizationOf()).toBeUndefined();
  });
});
