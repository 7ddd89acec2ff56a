import type { Management } from 'auth0';
import { consoleConnection, consoleRegistration } from '../../administrator/console-access.ts';
import { clientSecret } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import { type Caller, requireMemberScopes } from '../authorization.ts';
import { notFound } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import { listAnswer } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { tenantSettingsName } from '../tenant/tenant-settings.ts';
import { credentialsOfNewClient, requireOwnCredentials } from './client-credential-references.ts';
import { clientAnswer, listedClient, newClient, patchedClient } from './client-record.ts';
import { expressGrant, isExpressConfiguration, withExpressConfiguration } from './express-configuration.ts';
import { linkResourceServer, unlinkResourceServer } from './resource-server-client.ts';

/** Members that need another scope than `update:clients`. */
const scopeToChange: Partial<Record<string, string>> = {
  client_secret: 'update:client_keys',
  client_authentication_methods: 'update:client_credentials',
  token_vault_privileged_access: 'update:client_token_vault_privileged_access',
};

/** Members that require `read:client_keys` or `read:client_credentials`, as the secret itself does. */
const keyMembers = ['encryption_key', 'client_authentication_methods'];

/** Members that `read:client_summary` shows. */
const summary = ['client_id', 'name', 'description', 'app_type', 'logo_uri', 'is_first_party'];

/** @throws ApiError 404 */
export function findClient(store: Store, clientId: string): ClientRecord {
  const record = store.clients.find(clientId);
  if (record === undefined) throw notFound('The client does not exist', 'inexistent_client');
  return record;
}

/**
 * Applications: `/clients`. Secrets are shown to callers with `read:client_keys`, and at creation.
 *
 * @see https://auth0.com/docs/api/management/v2/clients/get-clients for what each scope shows
 */
export function clientOperations({ store, audience }: ManagementDependencies): Operation[] {
  const show = (
    record: ClientRecord,
    { scopes }: Caller,
    mayKnow = scopes.includes('read:client_keys'),
  ): JsonObject => {
    const answer = clientAnswer(record, mayKnow, store.signingKeys.list());
    // An application that authenticates in another way does not need its secret.
    if (record.other.client_authentication_methods !== undefined) delete answer.client_secret;
    if (mayKnow) return answer;
    if (!scopes.includes('read:client_credentials')) for (const member of keyMembers) delete answer[member];
    if (scopes.includes('read:clients') || scopes.includes('update:clients')) return answer;
    return selectFields(answer, { fields: [...summary, ...keyMembers].join(',') }) as JsonObject;
  };
  const showWhole = (record: ClientRecord) => clientAnswer(record, true, store.signingKeys.list());
  const firstShown = (record: ClientRecord): JsonObject => {
    const { client_secret, ...rest } = showWhole(record);
    return isExpressConfiguration(record) ? rest : { ...rest, client_secret };
  };

  return effectiveOperations(
    { store },
    {
      'GET /clients': {
        handle: ({ query, caller }) => {
          const { is_global, is_first_party, app_type } = query;
          const filter = {
            ...(typeof is_global === 'boolean' && { global: is_global }),
            ...(typeof is_first_party === 'boolean' && { firstParty: is_first_party }),
            ...(typeof app_type === 'string' && { appType: app_type.split(',') }),
            except: consoleRegistration(store)?.clientId,
          };
          return listAnswer(
            'clients',
            query,
            (paging) => store.clients.list(filter, paging),
            (record) => selectFields(listedClient(show(record, caller)), query, ['tenant']),
          );
        },
      },
      'POST /clients': {
        description: 'Create a client',
        handle: ({ body }: Call<Management.CreateClientRequestContent>) => {
          const at = new Date().toISOString();
          const blank = newClient(withExpressConfiguration(body), at);
          const credentials = credentialsOfNewClient(blank.client_id, body, at);
          const record = patchedClient(blank, credentials.stored, at);
          store.clients.insert(record);
          for (const credential of credentials.records) store.clientCredentials.insert(credential);
          const grant = expressGrant(record, audience);
          if (grant !== undefined) store.clientGrants.insert(grant);
          linkResourceServer(store, record);
          if (enablesConnections(store)) enableEverywhere(store, record.client_id);
          return { ...firstShown(record), encrypted: true, ...credentials.visible };
        },
      },
      'GET /clients/{id}': {
        handle: (call) => {
          const record = findClient(store, pathParameter(call, 'id'));
          return selectFields(show(record, call.caller), call.query, ['signing_keys']);
        },
      },
      'PATCH /clients/{id}': {
        description: 'Update a client',
        handle: (call: Call<Management.UpdateClientRequestContent>) => {
          requireMemberScopes(call.caller, call.body, (member) => [scopeToChange[member] ?? 'update:clients']);
          const found = findClient(store, pathParameter(call, 'id'));
          requireOwnCredentials(store, found.client_id, call.body);
          const patched = patchedClient(found, call.body, new Date().toISOString());
          store.clients.update(patched);
          const mayKnow = ['read:client_keys', 'update:client_keys'].some((scope) =>
            call.caller.scopes.includes(scope),
          );
          return show(patched, call.caller, mayKnow);
        },
      },
      'DELETE /clients/{id}': {
        description: 'Delete a client',
        handle: (call) => {
          const gone = store.clients.find(pathParameter(call, 'id'));
          if (gone === undefined) return;
          unlinkResourceServer(store, gone);
          store.clients.remove(gone.client_id);
        },
      },
      'POST /clients/{id}/rotate-secret': {
        description: 'Rotate a client secret',
        handle: (call) => {
          const found = findClient(store, pathParameter(call, 'id'));
          const rotated = { ...found, client_secret: clientSecret(), updated_at: new Date().toISOString() };
          store.clients.update(rotated);
          return showWhole(rotated);
        },
      },
    },
  );
}

/**
 * Whether a new application may use all connections: the tenant's flag `enable_client_connections`, on by
 * default.
 *
 * @see https://auth0.com/docs/api/management/v2/tenants/patch-settings
 */
function enablesConnections(store: Store): boolean {
  const settings = store.settings.get(tenantSettingsName);
  const flags = typeof settings === 'object' ? settings.flags : undefined;
  return (flags as JsonObject | undefined)?.enable_client_connections !== false;
}

function enableEverywhere(store: Store, clientId: string): void {
  for (const connection of store.connections.list({}, { page: 0, perPage: -1 }).rows) {
    // The console's connection stays the console's own by default.
    if (connection.name === consoleConnection) continue;
    store.connections.update({ ...connection, enabled_clients: [...connection.enabled_clients, clientId] });
  }
}
