import { base58Id } from '../../store/identifiers.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { describedOperation, type Operation } from '../operation.ts';
import { publishedAt } from '../operation-not-built.ts';
import { newClient } from './client-record.ts';

const path = '/clients/cimd';
const unread =
  'This tenant reads no document of another machine: the client has the name of its host, and no callbacks. Set them with PATCH /clients.';

/**
 * Third-party applications that a metadata document describes: `/clients/cimd`. Auth0 reads the document at its URL. Here nothing
 * leaves the machine: the application is registered by its URL, and a warning says that the document is not read.
 *
 * @see https://auth0.com/docs/get-started/applications/client-id-metadata-document
 */
export function clientMetadataDocumentOperations({ store }: ManagementDependencies): Operation[] {
  const find = (url: string): ClientRecord | undefined =>
    store.clients.list({}, { page: 0, perPage: -1 }).rows.find(({ other }) => other.external_client_id === url);
  return [`${path}/register`, `${path}/preview`].flatMap(publishedAt).map((published) =>
    describedOperation(published, {
      description: 'Register a client with a metadata document',
      handle: ({ body }) =>
        store.transaction(() => {
          const url = String(objectOf(body).external_client_id);
          const known = find(url);
          const answer = {
            mapped_fields: mappedFields(url),
            validation: { valid: true, violations: [], warnings: [unread] },
          };
          if (published.path === `${path}/preview`) {
            return { status: 200, body: { ...answer, ...(known !== undefined && { client_id: known.client_id }) } };
          }
          const client = known ?? documentedClient(url);
          if (known === undefined) store.clients.insert(client);
          return { status: known === undefined ? 201 : 200, body: { client_id: client.client_id, ...answer } };
        }),
    }),
  );
}

function mappedFields(url: string): JsonObject {
  return {
    external_client_id: url,
    name: new URL(url).host,
    grant_types: ['authorization_code'],
    app_type: 'native',
    token_endpoint_auth_method: 'none',
  };
}

function documentedClient(url: string): ClientRecord {
  const client = newClient(
    {
      name: new URL(url).host,
      app_type: 'native',
      token_endpoint_auth_method: 'none',
      is_first_party: false,
      oidc_conformant: true,
      grant_types: ['authorization_code'],
    },
    new Date().toISOString(),
  );
  const other = { ...client.other, external_client_id: url, external_metadata_type: 'cimd' };
  return { ...client, client_id: base58Id('tpc_'), other };
}
