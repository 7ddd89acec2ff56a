import type { JsonObject, JsonValue } from '../store/json-value.ts';
import type { ClientCredentialRecord } from '../store/records/applications/client-credential-repository.ts';
import type { Store } from '../store/store.ts';
import { invalidBody } from './api-error.ts';
import type { NewClientBody } from './client-body.ts';
import type { NewCredentialBody } from './client-credential-body.ts';
import { clientCredentialAnswer, newClientCredential } from './client-credential-record.ts';
import { objectOf } from './json-members.ts';

/** Members of an application that name its credentials, here or one level deeper. */
const places = ['client_authentication_methods', 'signed_request_object', 'token_vault_privileged_access'] as const;

interface CredentialsOfNewClient {
  readonly records: ClientCredentialRecord[];
  /** What the application keeps: the credentials' ids. */
  readonly kept: JsonObject;
  /** What the answer to its creation shows: all there is to know of each. */
  readonly shown: JsonObject;
}

/**
 * The credentials that a new application comes with.
 *
 * @throws ApiError 400 `invalid_body` where one of them is none
 * @example
 * const { records, kept, shown } = credentialsOfNewClient(clientId, body, at);
 */
export function credentialsOfNewClient(clientId: string, body: NewClientBody, at: string): CredentialsOfNewClient {
  const records: ClientCredentialRecord[] = [];
  const shown: JsonObject = {};
  for (const place of places) {
    const member = body[place];
    if (member === undefined || member === null) continue;
    shown[place] = mapCredentials(member as JsonObject, (given) => {
      const record = newClientCredential(clientId, given as unknown as NewCredentialBody, at);
      records.push(record);
      return clientCredentialAnswer(record);
    });
  }
  const kept = Object.fromEntries(
    Object.entries(shown).map(([place, member]) => [
      place,
      mapCredentials(objectOf(member), ({ id }) => ({ ...(id !== undefined && { id }) })),
    ]),
  );
  return { records, kept, shown };
}

/**
 * @throws ApiError 400 `invalid_body` where a credential is named that the application does not have
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

/** An application's members without a credential that is gone. */
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

/** A copy with each credential replaced, be it in the member's own list or in that of one of its methods. */
function mapCredentials(member: JsonObject, replace: (one: JsonObject) => JsonObject | undefined): JsonObject {
  const mapped = Object.entries(member).map(([key, value]): [string, JsonValue | undefined] => {
    if (key === 'credentials' && Array.isArray(value)) {
      return [key, value.map((one) => replace(objectOf(one))).filter((one) => one !== undefined)];
    }
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return [key, isObject ? mapCredentials(value, replace) : value];
  });
  return Object.fromEntries(mapped);
}
