import { z } from 'zod';
import type { JsonObject } from '../../store/json-value.ts';
import type { Paging } from '../../store/paging.ts';
import type { ClientGrantRecord } from '../../store/records/applications/client-grant-repository.ts';
import { findClientGrant } from '../applications/client-grants.ts';
import { conflict } from '../http/api-error.ts';
import { bodyOf } from '../http/body-schemas.ts';
import {
  checkpointParameters,
  listAnswer,
  offsetAnswer,
  pageOf,
  pagingOf,
  positiveOffsetParameters,
} from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { findOrganization, organizationAnswer } from './organizations.ts';

const listQuery = z.object({
  ...positiveOffsetParameters,
  audience: z.string().max(600).optional(),
  client_id: z.string().optional(),
  grant_ids: z.preprocess((sent) => (typeof sent === 'string' ? [sent] : sent), z.array(z.string())).optional(),
});

/** Organizations for which an application may use a grant: `/organizations/{id}/client-grants`. */
export function organizationClientGrantOperations({ store }: ManagementDependencies): Operation[] {
  const organizationOf = (call: { params: Readonly<Record<string, string>> }) =>
    findOrganization(store, pathParameter(call, 'id')).id;
  return [
    operation({
      method: 'GET',
      path: '/organizations/{id}/client-grants',
      query: listQuery,
      handle: (call) => {
        const { audience, client_id, grant_ids } = call.query;
        const grants = store.organizationGrants
          .list(organizationOf(call))
          .filter(
            (grant) =>
              (audience === undefined || grant.audience === audience) &&
              (client_id === undefined || grant.client_id === client_id) &&
              (grant_ids === undefined || grant_ids.includes(grant.id)),
          );
        const paging = pagingOf(call.query);
        const page = pageOf(grants, (grant) => grants.indexOf(grant), paging);
        return { status: 200, body: offsetAnswer('client_grants', page, call.query, paging, listedGrantAnswer) };
      },
    }),
    operation({
      method: 'POST',
      path: '/organizations/{id}/client-grants',
      description: 'Associate a client grant with an organization',
      body: bodyOf({ grant_id: z.string().min(1) }),
      handle: (call) => {
        const grant = store.transaction(() => {
          const id = organizationOf(call);
          const found = findClientGrant(store, call.body.grant_id);
          if (store.organizationGrants.list(id).some((one) => one.id === found.id)) {
            throw conflict('The client grant has already been added to this organization.');
          }
          store.organizationGrants.add(id, found.id);
          return found;
        });
        return { status: 201, body: addedGrantAnswer(grant) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/organizations/{id}/client-grants/{grant_id}',
      description: 'Remove a client grant from an organization',
      handle: (call) => {
        store.organizationGrants.remove(organizationOf(call), pathParameter(call, 'grant_id'));
        return { status: 204 };
      },
    }),
    operation({
      method: 'GET',
      path: '/client-grants/{id}/organizations',
      query: z.object({ ...positiveOffsetParameters, ...checkpointParameters }),
      handle: (call) => {
        const { id } = findClientGrant(store, pathParameter(call, 'id'));
        const read = (paging: Paging) => store.organizationGrants.organizations(id, paging);
        return { status: 200, body: listAnswer('organizations', call.query, read, organizationAnswer) };
      },
    }),
  ];
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
