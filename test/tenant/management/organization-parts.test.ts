import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalTenant, startLocalTenant } from '../../local-tenant.ts';

let local: LocalTenant;
beforeAll(async () => {
  local = await startLocalTenant();
});
afterAll(() => local.tenant.close());

let number = 0;
async function newOrganization(): Promise<string> {
  number += 1;
  return (await local.management.organizations.create({ name: `org-${number}` })).id ?? '';
}
async function newConnection(): Promise<string> {
  number += 1;
  return (await local.management.connections.create({ name: `Con-${number}`, strategy: 'auth0' })).id ?? '';
}
async function newGrant(): Promise<string> {
  number += 1;
  const identifier = `urn:api:${number}`;
  await local.management.resourceServers.create({ identifier, name: identifier });
  const { client_id = '' } = await local.management.clients.create({ name: `App ${number}` });
  const grant = { client_id, audience: identifier, scope: [], organization_usage: 'allow' as const };
  return (await local.management.clientGrants.create(grant)).id ?? '';
}

describe('connections of an organization, through the official package', () => {
  it('are added, changed, disabled and removed', async () => {
    const { connections, enabledConnections } = local.management.organizations;
    const [organization, connection] = [await newOrganization(), await newConnection()];
    const added = await connections.create(organization, {
      connection_id: connection,
      organization_connection_name: 'Staff',
      organization_access_level: 'limited',
    });
    expect(added).toMatchObject({ organization_connection_name: 'Staff', is_enabled: true });
    await expect(connections.create(organization, { connection_id: connection })).rejects.toMatchObject({
      statusCode: 409,
    });
    expect(await enabledConnections.get(organization, connection)).not.toHaveProperty('organization_connection_name');
    expect((await enabledConnections.list(organization)).data).toHaveLength(1);

    await connections.update(organization, connection, { is_enabled: false });
    expect(await connections.get(organization, connection)).toMatchObject({
      is_enabled: false,
      organization_access_level: 'limited',
      connection: { strategy: 'auth0' },
    });
    expect((await enabledConnections.list(organization)).data).toEqual([]);
    expect((await connections.list(organization, { is_enabled: true })).data).toEqual([]);
    expect((await connections.list(organization)).data).toHaveLength(1);
    await connections.delete(organization, connection);
    await expect(connections.get(organization, connection)).rejects.toMatchObject({ statusCode: 404 });
  });
});

describe('client grants of an organization, through the official package', () => {
  it('are added once, listed from both sides and removed', async () => {
    const { organizations, clientGrants } = local.management;
    const [organization, grant, other] = [await newOrganization(), await newGrant(), await newGrant()];
    const added = await organizations.clientGrants.create(organization, { grant_id: grant });
    expect(added).toMatchObject({ grant_id: grant, organization_usage: 'allow' });
    await expect(organizations.clientGrants.create(organization, { grant_id: grant })).rejects.toMatchObject({
      statusCode: 409,
    });
    await expect(organizations.clientGrants.create(organization, { grant_id: 'cgr_none' })).rejects.toMatchObject({
      statusCode: 404,
    });
    await organizations.clientGrants.create(organization, { grant_id: other });
    const listed = await organizations.clientGrants.list(organization, { grant_ids: [other] });
    expect(listed.data.map(({ id }) => id)).toEqual([other]);
    expect((await clientGrants.organizations.list(grant)).data).toMatchObject([{ id: organization }]);
    await organizations.clientGrants.delete(organization, grant);
    expect((await clientGrants.organizations.list(grant)).data).toEqual([]);
  });

  it('are removed with the grant, and with the organization', async () => {
    const { organizations, clientGrants } = local.management;
    const [organization, grant, other] = [await newOrganization(), await newGrant(), await newGrant()];
    for (const grant_id of [grant, other]) await organizations.clientGrants.create(organization, { grant_id });
    await clientGrants.delete(grant);
    expect((await organizations.clientGrants.list(organization)).data.map(({ id }) => id)).toEqual([other]);
    await organizations.delete(organization);
    expect((await clientGrants.organizations.list(other)).data).toEqual([]);
  });
});

describe('connections of an application, through the official package', () => {
  it('are listed a page at a time', async () => {
    const { clients, connections } = local.management;
    const { client_id = '' } = await clients.create({ name: 'With many connections' });
    const created = [await newConnection(), await newConnection(), await newConnection()];
    for (const id of created) await connections.clients.update(id, [{ client_id, status: true }]);
    const found = [];
    for await (const each of await clients.connections.get(client_id, { take: 2 })) found.push(each);
    expect(found.slice(-3).map(({ id }) => id)).toEqual(created);
    expect(found[0]).not.toHaveProperty('enabled_clients');
    expect((await clients.connections.get(client_id, { strategy: ['email'] })).data).toEqual([]);
    await expect(clients.connections.get('none')).rejects.toMatchObject({ statusCode: 404 });
  });
});
