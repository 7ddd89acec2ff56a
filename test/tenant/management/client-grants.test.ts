import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantedScopes } from '../../../src/tenant/authentication/tokens/api-audience.ts';
import { audience, type ManagementFixture, openManagement } from './management-fixture.ts';

let tenant: ManagementFixture;
const identifier = 'urn:things';
let client_id = '';
beforeAll(async () => {
  tenant = await openManagement();
  await tenant.call('POST', '/resource-servers', { identifier, scopes: [{ value: 'read:things' }] });
  client_id = (await tenant.call('POST', '/clients', { name: 'Caller' })).body.client_id;
});
afterAll(() => tenant.close());

describe('a client grant', () => {
  it('may name scopes that the API does not have, but no token gets them', async () => {
    const { store } = tenant;
    const scope = ['read:things', 'not:defined'];
    const { status, body } = await tenant.call('POST', '/client-grants', { client_id, audience: identifier, scope });
    expect([status, body.scope]).toEqual([201, scope]);
    const changed = await tenant.call('PATCH', `/client-grants/${body.id}`, { scope: ['not:defined', ...scope] });
    expect([changed.status, changed.body.scope]).toEqual([200, ['not:defined', 'read:things']]);
    const client = store.clients.find(client_id);
    const api = store.resourceServers.findByIdentifier(identifier);
    if (client === undefined || api === undefined) throw new Error('The application and the API exist.');
    expect(grantedScopes(store, client, api, [])).toEqual(['read:things']);
    expect(() => grantedScopes(store, client, api, ['not:defined'])).toThrow();
    const known = { client_id, audience, scope: ['read:nothing'] };
    expect((await tenant.call('POST', '/client-grants', known)).body.errorCode).toBe('invalid_body');

    const whole = await tenant.call('PATCH', `/client-grants/${body.id}`, { allow_all_scopes: true });
    expect(whole.body).toMatchObject({ allow_all_scopes: true });
    expect(whole.body).not.toHaveProperty('scope');
    const back = await tenant.call('PATCH', `/client-grants/${body.id}`, { allow_all_scopes: false });
    expect(back.body.scope).toEqual(['not:defined', 'read:things']);
  });
});
