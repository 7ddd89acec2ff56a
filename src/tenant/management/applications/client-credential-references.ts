import type { Management } from 'auth0';
import { isObject, type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { ClientCredentialRecord } from '../../store/records/applications/client-credential-repository.ts';
import type { Store } from '../../store/store.ts';
import { invalidBody } from '../http/api-error.ts';
import { clientCredentialAnswer, newClientCredential } from './client-credential-record.ts';

/** Members of an application that refer to its credentials, directly or one level deeper. */
const places = ['client_authentication_methods', 'signed_request_object', 'token_vault_privileged_access'] as const;

interface CredentialsOfNewClient {
  readonly records: ClientCredentialRecord[];
  /** The application's members, with the credentials' ids only. */
  readonly stored: JsonObject;
  /** The same members for the answer to the creation, with all data of each credential. */
  readonly visible: JsonObject;
}

/**
 * The credentials of a new application.
 *
 * @throws ApiError 400 `invalid_body` if one of them is not valid
 * @example
 * const { records, stored, visible } = credentialsOfNewClient(clientId, body, at);
 */
export function credentialsOfNewClient(
  clientId: string,
  body: Management.CreateClientRequestContent,
  at: string,
): CredentialsOfNewClient {
  const records: ClientCredentialRecord[] = [];
  const visible: JsonObject = {};
  for (const place of places) {
    const member = body[place];
    if (member === undefined || member === null) continue;
    visible[place] = mapCredentials(objectOf(member), (given) => {
      const record = newClientCredential(
        clientId,
        given as unknown as Management.PostClientCredentialRequestContent,
        at,
      );
      records.push(record);
      return clientCredentialAnswer(record);
    });
  }
  const stored = Object.fromEntries(
    Object.entries(visible).map(([place, member]) => [
      place,
      mapCredentials(objectOf(member), ({ id }) => ({ ...(id !== undefined && { id }) })),
    ]),
  );
  return { records, stored, visible };
}

/**
 * @throws ApiError 400 `invalid_body` if a credential is named that the application does not have
 * @example
 * requireOwnCredentials(store, clientId, { signed_request_object: { credentials: [{ id: 'cred_1' }] } });
 */
export function requireOwnCredentials(store: Store, clientId: string, body: object): void {
  for (const id of referencedCredentials(body as JsonObject)) {
    if (store.clientCredentials.find(clientId, id) === undefined) {
      throw invalidBody(
        `The application has no credential ${id}. Create it with POST /clients/{id}/credentials first.`,
      );
    }
  }
}

/** An application's members without a removed credential. */
export function withoutCredential(members: JsonObject, id: string): JsonObject {
  const entries = places.flatMap((place) => {
    const member = members[place];
    if (member === undefined) return [];
    return [[place, mapCredentials(objectOf(member), (one) => (one.id === id ? undefined : one))] as const];
  });
  return { ...members, ...Object.fromEntries(entries) };
}

function referencedCredentials(members: JsonObject): string[] {
  const ids: string[] = [];
  for (const place of places) {
    mapCredentials(objectOf(members[place]), (one) => {
      ids.push(String(one.id));
      return one;
    });
  }
  return ids;
}

/** A copy with each credential replaced, either in the member's own list or in the list of one of its methods. */
function mapCredentials(member: JsonObject, replace: (one: JsonObject) => JsonObject | undefined): JsonObject {
  const mapped = Object.entries(member).map(([key, value]): [string, JsonValue | undefined] => {
    if (key === 'credentials' && Array.isArray(value)) {
      return [key, value.map((one) => replace(objectOf(one))).filter((one) => one !== undefined)];
    }
    return [key, isObject(value) ? mapCredentials(value, replace) : value];
  });
  return Object.fromEntries(mapped);
}
