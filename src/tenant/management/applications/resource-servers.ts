import { createHash, X509Certificate } from 'node:crypto';
import type { Management } from 'auth0';
import { isObject, type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, conflict, notFound } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import { splitMembers, withoutNulls } from '../http/json-members.ts';
import { offsetAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { newResourceServer } from './resource-server-record.ts';
import { expressIdentifier, systemMembers } from './system-resource-servers.ts';

type NewBody = Management.CreateResourceServerRequestContent & TokenLifetimes;
type PatchBody = Management.UpdateResourceServerRequestContent & TokenLifetimes;

/** Members that the overlay adds. */
interface TokenLifetimes {
  readonly token_lifetime_for_web?: number;
}

const shownWhenGiven = ['scopes', 'enforce_policies', 'token_dialect'] as const;

/** APIs: `/resource-servers`, by id or identifier. */
export function resourceServerOperations({ store, audience }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /resource-servers': {
        handle: ({ query }) => {
          const read = (paging: Paging) => {
            const { identifiers } = query;
            if (!Array.isArray(identifiers)) return store.resourceServers.list(paging);
            const rows = identifiers
              .map((identifier) => store.resourceServers.findByIdentifier(String(identifier)))
              .filter((found) => found !== undefined);
            return pagesOf(rows)(paging);
          };
          const show = (record: ResourceServerRecord) => selectFields(resourceServerAnswer(record), query);
          return offsetAnswer('resource_servers', query, read, show);
        },
      },
      'POST /resource-servers': {
        description: 'Create a resource server',
        handle: ({ body: { identifier, ...body } }: Call<NewBody>) => {
          const system = systemMembers(identifier, audience);
          const { name, scopes, ...rest } = body;
          const record =
            system === undefined
              ? patched(newResourceServer(identifier, name), body)
              : patched({ ...newResourceServer(identifier), ...system }, rest);
          if (store.resourceServers.findByIdentifier(identifier) !== undefined) {
            throw conflict('A resource server with the same identifier already exists.', 'conflict');
          }
          store.resourceServers.insert(record);
          return resourceServerAnswer(record);
        },
      },
      'GET /resource-servers/{id}': {
        handle: (call) => {
          const record = find(store, pathParameter(call, 'id'));
          return selectFields(resourceServerAnswer(record), call.query);
        },
      },
      'PATCH /resource-servers/{id}': {
        description: 'Update a resource server',
        handle: (call: Call<PatchBody>) => {
          const found = find(store, pathParameter(call, 'id'));
          refuseSystem(found, 'updated');
          if (found.identifier === expressIdentifier) refuseChange('updated');
          const next = patched(found, call.body);
          store.resourceServers.update(next);
          return resourceServerAnswer(next);
        },
      },
      'DELETE /resource-servers/{id}': {
        description: 'Delete a resource server',
        handle: (call) => removeResourceServer(store, pathParameter(call, 'id')),
      },
    },
  );
}

function find(store: Store, id: string): ResourceServerRecord {
  const record = lookUp(store, id);
  if (record === undefined) throw notFound('The resource server does not exist', 'inexistent_resource_server');
  return record;
}

/** By id or by identifier. Clients such as Terraform's encode an identifier twice. */
function lookUp(store: Store, id: string): ResourceServerRecord | undefined {
  const { find, findByIdentifier } = store.resourceServers;
  return find(id) ?? findByIdentifier(id) ?? findByIdentifier(decodedOnceMore(id));
}

function decodedOnceMore(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** Removes its grants too. */
function removeResourceServer(store: Store, id: string): void {
  const record = lookUp(store, id);
  if (record === undefined) return;
  refuseSystem(record, 'deleted');
  for (const grant of store.clientGrants.list({ audience: record.identifier }, { page: 0, perPage: -1 }).rows) {
    store.clientGrants.remove(grant.id);
  }
  store.resourceServers.remove(record.id);
}

function refuseSystem(record: ResourceServerRecord, change: string): void {
  if (record.is_system) refuseChange(change);
}

function refuseChange(change: string): never {
  throw new ApiError(400, `A system resource server cannot be ${change}.`, 'operation_not_supported');
}

/** Members of a record that a body replaces as they are. */
const replaced = [
  ...['name', 'signing_alg', 'token_lifetime', 'token_lifetime_for_web', 'allow_offline_access', 'enforce_policies'],
  ...['skip_consent_for_verifiable_first_party_clients', 'token_dialect', 'scopes'],
];

function patched(record: ResourceServerRecord, body: PatchBody): ResourceServerRecord {
  const { own, other } = splitMembers(body, replaced);
  const explicit = ['name', ...shownWhenGiven].filter((member) => member in body);
  return {
    ...record,
    // A token in a browser never has a longer lifetime than other tokens.
    token_lifetime_for_web: Math.min(record.token_lifetime_for_web, body.token_lifetime ?? Infinity),
    ...own,
    ...(body.scopes !== undefined && { scopes: uniqueScopes(body.scopes as ResourceServerRecord['scopes']) }),
    other: withoutNulls({ ...record.other, ...other }),
    given: [...new Set([...(record.given ?? []), ...explicit])],
  };
}

/** An API as the Management API returns it. */
function resourceServerAnswer(record: ResourceServerRecord): JsonObject {
  const { given } = record;
  const isVisible = (member: (typeof shownWhenGiven)[number]) => given === undefined || given.includes(member);
  return {
    id: record.id,
    ...(isNamed(record) && { name: record.name }),
    identifier: record.identifier,
    ...(isVisible('scopes') && { scopes: record.scopes }),
    signing_alg: record.signing_alg,
    allow_offline_access: record.allow_offline_access,
    token_lifetime: record.token_lifetime,
    token_lifetime_for_web: record.token_lifetime_for_web,
    skip_consent_for_verifiable_first_party_clients: record.skip_consent_for_verifiable_first_party_clients,
    ...(isVisible('enforce_policies') && { enforce_policies: record.enforce_policies }),
    ...(isVisible('token_dialect') && { token_dialect: record.token_dialect }),
    ...(record.is_system && { is_system: true }),
    ...record.other,
    ...shownEncryption(record.other.token_encryption),
  };
}

/** The key that encrypts tokens is never shown; of a certificate, its thumbprint is. */
function shownEncryption(encryption: JsonValue | undefined): JsonObject {
  if (!isObject(encryption)) return {};
  const { pem, ...key } = objectOf(encryption.encryption_key);
  const thumbprint = certificateThumbprint(pem);
  return {
    token_encryption: {
      ...encryption,
      encryption_key: { ...key, ...(thumbprint !== undefined && { thumbprint_sha256: thumbprint }) },
    },
  };
}

function certificateThumbprint(pem: JsonValue | undefined): string | undefined {
  try {
    if (typeof pem !== 'string' || !pem.includes('CERTIFICATE')) return undefined;
    return createHash('sha256').update(new X509Certificate(pem).raw).digest('base64url');
  } catch {
    return undefined;
  }
}

/** An API without a name is called by its identifier, and answers have no name. */
function isNamed({ name, identifier, given }: ResourceServerRecord): boolean {
  return given === undefined || given.includes('name') || name !== identifier;
}

function uniqueScopes(scopes: ResourceServerRecord['scopes']): ResourceServerRecord['scopes'] {
  return [...new Map(scopes.map((scope) => [scope.value, scope])).values()];
}
