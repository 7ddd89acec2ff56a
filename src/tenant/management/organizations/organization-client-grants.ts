import type { Management } from 'auth0';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ClientGrantRecord } from '../../store/records/applications/client-grant-repository.ts';
import { findClientGrant } from '../applications/client-grants.ts';
import { conflict } from '../http/api-error.ts';
import { listAnswer, offsetAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findOrganization, organizationAnswer } from './organizations.ts';

/** Organizations for which an application may use a grant: `/organizations/{id}/client-grants`. */
export function organizationClientGrantOperations({ store }: ManagementDependencies): Operation[] {
  const organizationOf = (call: { params: Readonly<Record<string, string>> }) =>
    findOrganization(store, pathParameter(call, 'id')).id;
  return effectiveOperations(
    { store },
    {
      'GET /organizations/{id}/client-grants': {
        handle: (call) => {
          const { audience, client_id, grant_ids } = call.query;
          const grants = store.organizationGrants
            .list(organizationOf(call))
            .filter(
              (grant) =>
                (audience === undefined || grant.audience === audience) &&
                (client_id === undefined || grant.client_id === client_id) &&
                (!Array.isArray(grant_ids) || grant_ids.includes(grant.id)),
            );
          return offsetAnswer('client_grants', call.query, pagesOf(grants), listedGrantAnswer);
        },
      },
      'POST /organizations/{id}/client-grants': {
        description: 'Associate a client grant with an organization',
        handle: (call: Call<Management.AssociateOrganizationClientGrantRequestContent>) => {
          const id = organizationOf(call);
          const found = findClientGrant(store, call.body.grant_id);
          if (store.organizationGrants.list(id).some((one) => one.id === found.id)) {
            throw conflict('The client grant has already been added to this organization.');
          }
          store.organizationGrants.add(id, found.id);
          return addedGrantAnswer(found);
        },
      },
      'DELETE /organizations/{id}/client-grants/{grant_id}': {
        description: 'Remove a client grant from an organization',
        handle: (call) => {
          store.organizationGrants.remove(organizationOf(call), pathParameter(call, 'grant_id'));
        },
      },
      'GET /client-grants/{id}/organizations': {
        handle: (call) => {
          const { id } = findClientGrant(store, pathParameter(call, 'id'));
          const read = (paging: Paging) => store.organizationGrants.organizations(id, paging);
          return listAnswer('organizations', call.query, read, organizationAnswer);
        },
      },
    },
  );
}

/** The answer to the request that adds a grant: it is named as in the request. */
function addedGrantAnswer(grant: ClientGrantRecord): JsonObject {
  const { id, subject_type: _, ...members } = listedGrantAnswer(grant);
  return { grant_id: id, ...members };
}

/** Fewer members than `/client-grants` returns for the same grant. */
function listedGrantAnswer({ id, subject_type, client_id, audience, scope, other }: ClientGrantRecord): JsonObject {
  const { organization_usage, allow_any_organization } = other;
  return {
    id,
    client_id,
    audience,
    scope,
    ...(organization_usage !== undefined && { organization_usage }),
    ...(allow_any_organization !== undefined && { allow_any_organization }),
    ...(subject_type !== undefined && { subject_type }),
  };
}
