import { createHash, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { isObject, type JsonObject, type JsonValue, objectOf } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';
import { ApiError, conflict, notFound } from '../http/api-error.ts';
import { anyObject, bodyOf, nullableObject, plainName } from '../http/body-schemas.ts';
import { fieldParameters, selectFields } from '../http/field-selection.ts';
import { withoutNulls } from '../http/json-members.ts';
import { offsetAnswer, offsetParameters, pageOf, pagingOf } from '../http/paged-list.ts';
import { listParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { newResourceServer } from './resource-server-record.ts';
import { expressIdentifier, systemMembers } from './system-resource-servers.ts';

const members = {
  name: plainName.max(200).optional(),
  scopes: z
    .array(z.strictObject({ value: z.string().min(1).max(280), description: z.string().max(500).optional() }))
    .optional(),
  signing_alg: z.enum(['HS256', 'RS256', 'PS256']).optional(),
  signing_secret: z.string().min(16).optional(),
  allow_offline_access: z.boolean().optional(),
  allow_online_access: z.boolean().optional(),
  allow_online_access_with_ephemeral_sessions: z.boolean().optional(),
  token_lifetime: z.int().min(0).max(2_592_000).optional(),
  token_lifetime_for_web: z.int().min(0).max(2_592_000).optional(),
  token_dialect: z.enum(['access_token', 'access_token_authz', 'rfc9068_profile', 'rfc9068_profile_authz']).optional(),
  skip_consent_for_verifiable_first_party_clients: z.boolean().optional(),
  enforce_policies: z.boolean().optional(),
  token_encryption: nullableObject.optional(),
  consent_policy: z.enum(['transactional-authorization-with-mfa', 'standard']).nullable().optional(),
  authorization_details: z.array(anyObject).nullable().optional(),
  proof_of_possession: nullableObject.optional(),
  subject_type_authorization: anyObject.optional(),
  authorization_policy: nullableObject.optional(),
};

const newBody = bodyOf({ ...members, identifier: z.string().min(1).max(600) });
const patchBody = bodyOf(members);
type PatchBody = z.output<typeof patchBody>;

const listQuery = z.object({ ...offsetParameters, ...fieldParameters, identifiers: listParameter().optional() });

const shownWhenGiven = ['scopes', 'enforce_policies', 'token_dialect'] as const;

/** APIs: `/resource-servers`, by id or identifier. */
export function resourceServerOperations({ store, audience }: ManagementDependencies): Operation[] {
  return [
    operation({
      method: 'GET',
      path: '/resource-servers',
      query: listQuery,
      handle: ({ query }) => {
        const read = (paging: Paging) => {
          if (query.identifiers === undefined) return store.resourceServers.list(paging);
          const rows = query.identifiers
            .map((identifier) => store.resourceServers.findByIdentifier(identifier))
            .filter((found) => found !== undefined);
          return pageOf(rows, (row) => rows.indexOf(row), paging);
        };
        const show = (record: ResourceServerRecord) => selectFields(resourceServerAnswer(record), query);
        const paging = pagingOf(query);
        return { status: 200, body: offsetAnswer('resource_servers', read(paging), query, paging, show) };
      },
    }),
    operation({
      method: 'POST',
      path: '/resource-servers',
      description: 'Create a resource server',
      body: newBody,
      handle: ({ body: { identifier, ...body } }) => {
        const system = systemMembers(identifier, audience);
        const { name, scopes, ...rest } = body;
        const record =
          system === undefined
            ? patched(newResourceServer(identifier, name), body)
            : patched({ ...newResourceServer(identifier), ...system }, rest);
        store.transaction(() => {
          if (store.resourceServers.findByIdentifier(identifier) !== undefined) {
            throw conflict('A resource server with the same identifier already exists.', 'conflict');
          }
          store.resourceServers.insert(record);
        });
        return { status: 201, body: resourceServerAnswer(record) };
      },
    }),
    operation({
      method: 'GET',
      path: '/resource-servers/{id}',
      query: z.object(fieldParameters),
      handle: (call) => {
        const record = find(store, pathParameter(call, 'id'));
        return { status: 200, body: selectFields(resourceServerAnswer(record), call.query) };
      },
    }),
    operation({
      method: 'PATCH',
      path: '/resource-servers/{id}',
      description: 'Update a resource server',
      body: patchBody,
      handle: (call) => {
        const record = store.transaction(() => {
          const found = find(store, pathParameter(call, 'id'));
          refuseSystem(found, 'updated');
          if (found.identifier === expressIdentifier) refuseChange('updated');
          const next = patched(found, call.body);
          store.resourceServers.update(next);
          return next;
        });
        return { status: 200, body: resourceServerAnswer(record) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/resource-servers/{id}',
      description: 'Delete a resource server',
      handle: (call) => {
        store.transaction(() => removeResourceServer(store, pathParameter(call, 'id')));
        return { status: 204 };
      },
    }),
  ];
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

function patched(record: ResourceServerRecord, body: PatchBody): ResourceServerRecord {
  const {
    name,
    scopes,
    signing_alg,
    token_lifetime,
    token_lifetime_for_web,
    allow_offline_access,
    skip_consent_for_verifiable_first_party_clients,
    enforce_policies,
    token_dialect,
    ...other
  } = body;
  const setMembers = (['name', ...shownWhenGiven] as const).filter((member) => body[member] !== undefined);
  const next: ResourceServerRecord = {
    ...record,
    name: name ?? record.name,
    signing_alg: signing_alg ?? record.signing_alg,
    token_lifetime: token_lifetime ?? record.token_lifetime,
    // A token in a browser never has a longer lifetime than other tokens.
    token_lifetime_for_web:
      token_lifetime_for_web ?? Math.min(record.token_lifetime_for_web, token_lifetime ?? Infinity),
    allow_offline_access: allow_offline_access ?? record.allow_offline_access,
    skip_consent_for_verifiable_first_party_clients:
      skip_consent_for_verifiable_first_party_clients ?? record.skip_consent_for_verifiable_first_party_clients,
    enforce_policies: enforce_policies ?? record.enforce_policies,
    token_dialect: token_dialect ?? record.token_dialect,
    other: withoutNulls({ ...record.other, ...(other as JsonObject) }),
    given: [...new Set([...(record.given ?? []), ...setMembers])],
  };
  if (scopes !== undefined) next.scopes = uniqueScopes(scopes as ResourceServerRecord['scopes']);
  return next;
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
