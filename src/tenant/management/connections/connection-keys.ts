import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { StoredRecord } from '../../store/record-table.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import { ApiError, conflict } from '../http/api-error.ts';
import { shownCertificate } from '../keys/shown-key.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { describedOperation, type Operation } from '../operation.ts';
import { publishedAt } from '../operation-not-built.ts';
import { findConnection } from './connections.ts';

const path = '/connections/{id}/keys';
const strategies = ['oidc', 'okta', 'samlp', 'adfs', 'waad', 'pingfederate'];

/**
 * The keys with which a connection would sign its requests: `/connections/{id}/keys`. The first request for them creates them. No
 * local connection signs anything.
 *
 * @see https://auth0.com/docs/api/management/v2/connections/get-keys
 */
export function connectionKeyOperations({ store }: ManagementDependencies): Operation[] {
  const placeOf = (connection: ConnectionRecord) => ({ kind: path, parent: `connections/${connection.id}` });
  const withKeys = (id: string): ConnectionRecord => {
    const connection = findConnection(store, id);
    if (strategies.includes(connection.strategy)) return connection;
    throw new ApiError(400, 'Connection strategy does not support signing keys.', 'invalid_body');
  };
  const generate = async (connection: ConnectionRecord, state: 'current' | 'next', algorithm: string) => {
    const { generateKey } = await import('../../authentication/provider/make-signing-keys.ts');
    const { kid, certificate } = await generateKey(state, connection.name);
    return { kid, members: { certificate, state, algorithm } };
  };
  const keysOf = async (connection: ConnectionRecord): Promise<StoredRecord[]> => {
    const place = placeOf(connection);
    const stored = store.records.at(place);
    if (stored.length > 0) return stored;
    const keys = [await generate(connection, 'current', 'RS256'), await generate(connection, 'next', 'RS256')];
    return store.transaction(() => {
      // Another request can have been faster.
      if (store.records.at(place).length === 0) {
        for (const { kid, members } of keys) store.records.put(place, kid, members);
      }
      return store.records.at(place);
    });
  };
  const rotate = async (connection: ConnectionRecord, algorithm: string): Promise<JsonObject> => {
    await keysOf(connection);
    const place = placeOf(connection);
    const { kid, members } = await generate(connection, 'next', algorithm);
    const next = store.transaction(() => {
      for (const record of store.records.at(place)) {
        const state = record.members.state === 'next' ? 'current' : 'previous';
        if (record.members.state === 'previous') store.records.remove(place, record.id);
        else store.records.put(place, record.id, { ...record.members, state });
      }
      return store.records.put(place, kid, members);
    });
    return await answerOf(connection, next);
  };
  return [...publishedAt(path), ...publishedAt(`${path}/rotate`)].map((published) =>
    describedOperation(published, {
      description: 'Rotate connection keys',
      handle: async ({ params, body }) => {
        const connection = withKeys(String(params.id));
        const { signing_alg } = objectOf(body);
        const algorithm = typeof signing_alg === 'string' ? signing_alg : 'RS256';
        if (published.path !== path) return { status: 201, body: await rotate(connection, algorithm) };
        if (published.method === 'POST' && store.records.at(placeOf(connection)).length > 0) {
          throw conflict('Keys have already been created for this connection.', 'conflict');
        }
        const keys = await Promise.all((await keysOf(connection)).map((record) => answerOf(connection, record)));
        const rank = ['current', 'previous', 'next'];
        keys.sort((a, b) => rank.findIndex((state) => a[state]) - rank.findIndex((state) => b[state]));
        return { status: published.status, body: keys };
      },
    }),
  );
}

async function answerOf(connection: ConnectionRecord, { id, updated_at, members }: StoredRecord): Promise<JsonObject> {
  const { cert, pkcs7, fingerprint, thumbprint } = await shownCertificate(String(members.certificate));
  return {
    kid: id,
    algorithm: members.algorithm,
    key_use: 'signing',
    subject_dn: `/CN=${connection.name}`,
    cert,
    fingerprint,
    thumbprint,
    pkcs: pkcs7,
    [String(members.state)]: true,
    ...(members.state === 'current' && { current_since: updated_at }),
  };
}
