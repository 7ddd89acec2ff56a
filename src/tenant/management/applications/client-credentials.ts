import type { Management } from 'auth0';
import type { ClientCredentialRecord } from '../../store/records/applications/client-credential-repository.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { clientCredentialAnswer, newClientCredential } from './client-credential-record.ts';
import { withoutCredential } from './client-credential-references.ts';
import { findClient } from './clients.ts';

/**
 * Keys and certificates with which an application authenticates: `/clients/{client_id}/credentials`.
 *
 * @see https://auth0.com/docs/api/management/v2/clients/post-credentials
 */
export function clientCredentialOperations({ store }: ManagementDependencies): Operation[] {
  const find = (call: { params: Readonly<Record<string, string>> }): ClientCredentialRecord => {
    const { client_id } = findClient(store, pathParameter(call, 'client_id'));
    const record = store.clientCredentials.find(client_id, pathParameter(call, 'credential_id'));
    if (record === undefined) throw notFound('The credential does not exist.', 'inexistent_credential');
    return record;
  };
  return effectiveOperations(
    { store },
    {
      'GET /clients/{client_id}/credentials': {
        handle: (call) => {
          const { client_id } = findClient(store, pathParameter(call, 'client_id'));
          return store.clientCredentials.list(client_id).map(clientCredentialAnswer);
        },
      },
      'POST /clients/{client_id}/credentials': {
        description: 'Create a client credential',
        handle: (call: Call<Management.PostClientCredentialRequestContent>) => {
          const { client_id } = findClient(store, pathParameter(call, 'client_id'));
          const created = newClientCredential(client_id, call.body, new Date().toISOString());
          store.clientCredentials.insert(created);
          return clientCredentialAnswer(created);
        },
      },
      'GET /clients/{client_id}/credentials/{credential_id}': { handle: (call) => clientCredentialAnswer(find(call)) },
      'PATCH /clients/{client_id}/credentials/{credential_id}': {
        description: 'Update a client credential',
        handle: (call: Call<Management.PatchClientCredentialRequestContent>) => {
          const patched = withExpiry(find(call), call.body.expires_at);
          store.clientCredentials.update(patched);
          return clientCredentialAnswer(patched);
        },
      },
      'DELETE /clients/{client_id}/credentials/{credential_id}': {
        description: 'Delete a client credential',
        handle: (call) => {
          const client = findClient(store, pathParameter(call, 'client_id'));
          const id = pathParameter(call, 'credential_id');
          if (!store.clientCredentials.remove(client.client_id, id)) return;
          store.clients.update({ ...client, other: withoutCredential(client.other, id) });
        },
      },
    },
  );
}

function withExpiry(record: ClientCredentialRecord, expiresAt: string | null | undefined): ClientCredentialRecord {
  if (expiresAt === undefined) return record;
  const { expires_at: _, ...rest } = record;
  return {
    ...rest,
    updated_at: new Date().toISOString(),
    ...(expiresAt !== null && { expires_at: new Date(expiresAt).toISOString() }),
  };
}
