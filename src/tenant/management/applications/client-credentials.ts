import type { ClientCredentialRecord } from '../../store/records/applications/client-credential-repository.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { credentialPatchBody, newCredentialBody } from './client-credential-body.ts';
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
  return [
    operation({
      method: 'GET',
      path: '/clients/{client_id}/credentials',
      handle: (call) => {
        const { client_id } = findClient(store, pathParameter(call, 'client_id'));
        return { status: 200, body: store.clientCredentials.list(client_id).map(clientCredentialAnswer) };
      },
    }),
    operation({
      method: 'POST',
      path: '/clients/{client_id}/credentials',
      description: 'Create a client credential',
      body: newCredentialBody,
      handle: (call) => {
        const record = store.transaction(() => {
          const { client_id } = findClient(store, pathParameter(call, 'client_id'));
          const created = newClientCredential(client_id, call.body, new Date().toISOString());
          store.clientCredentials.insert(created);
          return created;
        });
        return { status: 201, body: clientCredentialAnswer(record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/clients/{client_id}/credentials/{credential_id}',
      handle: (call) => ({ status: 200, body: clientCredentialAnswer(find(call)) }),
    }),
    operation({
      method: 'PATCH',
      path: '/clients/{client_id}/credentials/{credential_id}',
      description: 'Update a client credential',
      body: credentialPatchBody,
      handle: (call) => {
        const record = store.transaction(() => {
          const patched = withExpiry(find(call), call.body.expires_at);
          store.clientCredentials.update(patched);
          return patched;
        });
        return { status: 200, body: clientCredentialAnswer(record) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/clients/{client_id}/credentials/{credential_id}',
      description: 'Delete a client credential',
      handle: (call) => {
        store.transaction(() => {
          const client = findClient(store, pathParameter(call, 'client_id'));
          const id = pathParameter(call, 'credential_id');
          if (!store.clientCredentials.remove(client.client_id, id)) return;
          store.clients.update({ ...client, other: withoutCredential(client.other, id) });
        });
        return { status: 204 };
      },
    }),
  ];
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
