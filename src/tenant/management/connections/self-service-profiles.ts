import { base58Id, randomName } from '../../store/identifiers.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection } from '../resources/collection.ts';
import { setting } from '../resources/setting.ts';
import { singleOperations } from '../resources/single-operations.ts';

const path = '/self-service-profiles';
const missing = (id: string) => notFound(`Profile with ID: ${id} not found`);

const profiles = collection({
  path,
  called: 'self-service profile',
  removesAbsent: true,
  id: () => base58Id('ssp_'),
  missing,
  times: true,
  defaults: { user_attributes: [], allowed_strategies: [] },
});

const customText = setting({
  path: `${path}/{id}/custom-text/{language}/{page}`,
  called: 'custom text of a self-service profile',
  initial: {},
  parent: ({ store }, { params }) => parentOf(store, String(params.id)),
});

/**
 * Profiles with which customers set up their own connection: `/self-service-profiles`. A ticket is made and can be revoked; there
 * is no page behind it.
 *
 * @see https://auth0.com/docs/authenticate/enterprise-connections/self-service-SSO
 */
export function selfServiceProfileOperations(dependencies: ManagementDependencies): Operation[] {
  const { store, audience } = dependencies;
  const placeOf = (profile: string) => ({ kind: `${path}/{id}/sso-ticket`, parent: parentOf(store, profile) });
  const tickets = singleOperations(dependencies, {
    [`POST ${path}/{id}/sso-ticket`]: {
      description: 'Create a self-service ticket',
      handle: ({ params, body }) => {
        const ticket = randomName(32);
        store.records.put(placeOf(String(params.id)), ticket, body);
        return { ticket: new URL(`/self-service/connections-flow?ticket=${ticket}`, audience).href };
      },
    },
    [`POST ${path}/{profileId}/sso-ticket/{id}/revoke`]: {
      description: 'Revoke a self-service ticket',
      handle: ({ params }) => {
        store.records.remove(placeOf(String(params.profileId)), String(params.id));
        return undefined;
      },
    },
  });
  return [...profiles(dependencies), ...customText(dependencies), ...tickets];
}

/** @throws ApiError 404 if the profile does not exist */
function parentOf({ records }: ManagementDependencies['store'], id: string): string {
  if (records.find({ kind: path }, id) === undefined) throw missing(id);
  return `self-service-profiles/${id}`;
}
