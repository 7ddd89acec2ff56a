import { GATE_NAME } from '../../deployment/desired-state.ts';
import type { Members } from '../seed/seed.ts';
import { CLIENTS, CONNECTIONS, ROLES, without } from '../seed/seed-access.ts';
import { EXPRESS_REFERENCES } from '../seed/seed-express-configurations.ts';
import { byMember, compareTexts, type ExportContext, isEmpty, only } from './export-context.ts';

/** The Management API in an export. A seed takes it for the one of its own tenant. */
const MANAGEMENT_API = 'https://localhost:4000/api/v2/';

/** Applications that each local tenant has of its own. */
const OWN_CLIENTS = ['Portcullis Tenant Management', 'Portcullis Console'];
const OF_TENANT = [
  'client_id',
  'client_secret',
  'is_global',
  'global',
  'tenant',
  'owners',
  'signing_keys',
  'callback_url_template',
  'cross_origin_auth',
];
/** Members with IDs of this tenant, and keys that no tenant returns. */
const UNTRANSFERABLE: Readonly<Record<string, string>> = {
  client_authentication_methods: 'The keys of an application are not part of an export.',
  signed_request_object: 'The keys of an application are not part of an export.',
  my_organization_configuration: 'It names resources by their IDs in this tenant.',
};

/** Exports applications, APIs, grants, connections and roles. */
export async function exportAccess(context: ExportContext): Promise<Members> {
  const { api } = context;
  const clients = await exportClients(context);
  const servers = (await api.list({ ...CLIENTS, path: 'resource-servers' })).filter(({ is_system }) => !is_system);
  const connections = await exportConnections(context);
  return {
    clients,
    resourceServers: servers
      .map((server) => without(server, ['id', 'is_system', 'client_id']))
      .sort(byMember('identifier')),
    clientGrants: await exportGrants(context),
    databases: connections.filter(({ strategy }) => strategy === 'auth0'),
    connections: connections.filter(({ strategy }) => strategy !== 'auth0'),
    roles: await exportRoles(context),
  };
}

/** The Management API has a name of its own in each tenant. */
export function exportedAudience({ api }: ExportContext, audience: unknown): unknown {
  return audience === api.audience ? MANAGEMENT_API : audience;
}

async function exportClients({ api, clients: names, ownClientId, omissions }: ExportContext): Promise<Members[]> {
  const exported: Members[] = [];
  for (const client of await api.list({ ...CLIENTS, path: 'clients?is_global=false' })) {
    const name = String(client.name);
    if (client.client_id === ownClientId || OWN_CLIENTS.includes(name)) continue;
    if (name === GATE_NAME) {
      omissions.push({
        kind: 'clients',
        name,
        reason: 'Its Action names roles by their IDs in this tenant. Put the policy on again: --policy FILE',
      });
      continue;
    }
    if ([...names.values()].includes(name)) {
      omissions.push({ kind: 'clients', name, reason: 'Another application has the same name.' });
      continue;
    }
    names.set(String(client.client_id), name);
    for (const [member, reason] of Object.entries(UNTRANSFERABLE)) {
      if (client[member] !== undefined && client[member] !== null) {
        omissions.push({ kind: 'clients', name, reason: `${member}: ${reason}` });
      }
    }
    exported.push(without(client, [...OF_TENANT, ...Object.keys(UNTRANSFERABLE)]));
  }
  const express = await expressNames(api, exported);
  return exported.map(express).sort(byMember('name'));
}

/** Replaces the IDs in express configurations by names. */
async function expressNames(
  api: ExportContext['api'],
  clients: readonly Members[],
): Promise<(client: Members) => Members> {
  if (clients.every(({ express_configuration: one }) => isEmpty(one))) return (client) => client;
  const names = new Map<string, ReadonlyMap<string, string>>();
  for (const [member, { collection }] of Object.entries(EXPRESS_REFERENCES)) {
    const found = await api.list(collection);
    names.set(member, new Map(found.map((one) => [String(one[collection.id]), String(one[collection.identity])])));
  }
  return (client) => {
    if (isEmpty(client.express_configuration)) return client;
    const members = Object.entries(client.express_configuration as Members).map(([member, value]) => [
      member,
      names.get(member)?.get(String(value)) ?? value,
    ]);
    return { ...client, express_configuration: Object.fromEntries(members) };
  };
}

async function exportGrants(context: ExportContext): Promise<Members[]> {
  const grants = await context.api.list({ ...CLIENTS, path: 'client-grants' });
  return grants
    .flatMap((grant) => {
      const client_id = context.clients.get(String(grant.client_id));
      if (client_id === undefined) return [];
      return [{ ...without(grant, ['id']), client_id, audience: exportedAudience(context, grant.audience) } as Members];
    })
    .sort((one, another) => compareTexts(keyOf(one), keyOf(another)));
}

const keyOf = ({ client_id, audience, subject_type }: Members) => [client_id, audience, subject_type].join('\n');

async function exportConnections(context: ExportContext): Promise<Members[]> {
  const { api, clients, keyword } = context;
  const exported: Members[] = [];
  for (const { id, options = {}, ...connection } of await api.list(CONNECTIONS)) {
    const name = String(connection.name);
    const enabled = ((await api.get(`connections/${id}/clients`)) as { clients: { client_id: string }[] }).clients;
    const { client_secret } = options as Members;
    const scim = connection.strategy === 'auth0' ? undefined : await api.find(`connections/${id}/scim-configuration`);
    const directory =
      connection.strategy === 'auth0' ? undefined : await api.find(`connections/${id}/directory-provisioning`);
    const groups = directory === undefined ? [] : await synchronizedGroups(api, `connections/${id}`);
    exported.push({
      ...without(connection, ['realms', 'enabled_clients', 'provisioning_ticket_url']),
      enabled_clients: enabled.flatMap((one) => clients.get(one.client_id) ?? []).sort(),
      options: {
        ...(options as Members),
        ...(client_secret !== undefined && { client_secret: keyword('connections', name, 'secret') }),
      },
      ...(scim !== undefined && { scim_configuration: only(scim as Members, ['mapping', 'user_id_attribute']) }),
      ...(directory !== undefined && {
        directory_provisioning_configuration: {
          ...only(directory as Members, ['mapping', 'synchronize_automatically', 'synchronize_groups']),
          ...(groups.length > 0 && { synchronized_groups: groups }),
        },
      }),
    });
  }
  return exported.sort(byMember('name'));
}

/** The groups of a directory that are synchronized. */
async function synchronizedGroups(api: ExportContext['api'], connection: string): Promise<readonly Members[]> {
  const answer = (await api.find(`${connection}/directory-provisioning/synchronized-groups?take=100`)) as
    | { readonly groups?: readonly Members[] }
    | undefined;
  return answer?.groups ?? [];
}

async function exportRoles(context: ExportContext): Promise<Members[]> {
  const exported: Members[] = [];
  for (const { id, ...role } of await context.api.list(ROLES)) {
    const permissions = await context.api.list({ ...ROLES, path: `roles/${id}/permissions` });
    exported.push({
      ...role,
      permissions: permissions
        .map(({ permission_name, resource_server_identifier }) => ({
          permission_name,
          resource_server_identifier: exportedAudience(context, resource_server_identifier),
        }))
        .sort((one, another) => compareTexts(permissionKey(one), permissionKey(another))),
    });
  }
  return exported.sort(byMember('name'));
}

const permissionKey = (one: Members) => `${one.resource_server_identifier}\n${one.permission_name}`;
