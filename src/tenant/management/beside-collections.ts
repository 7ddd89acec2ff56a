import { isAddressThrottled, unblockAddress } from '../authentication/accounts/attack-protection/address-throttle.ts';
import { randomName } from '../store/identifiers.ts';
import { findConnection } from './connections/connections.ts';
import { notFound } from './http/api-error.ts';
import { listAnswer, pagesOf } from './http/paged-list.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import type { Operation } from './operation.ts';
import { findOrganization } from './organizations/organizations.ts';
import type { ResourceCall } from './resources/collection.ts';
import { singleOperations } from './resources/single-operations.ts';
import { findRole } from './roles/roles.ts';
import { findUser } from './users/users.ts';

/** Operations beside a collection or a setting that have no folder of their own. */
export function besideCollections(dependencies: ManagementDependencies): Operation[] {
  const { store, audience } = dependencies;
  const blacklist = { kind: '/blacklists/tokens' };
  const rulesConfigs = { kind: '/rules-configs' };
  const missing = (message: string) => () => {
    throw notFound(message);
  };
  // Groups come from directories, which no local tenant reads.
  const noGroup = missing('The group does not exist.');
  const noGroupFor = (check: (id: string) => unknown) => (call: ResourceCall) => {
    check(String(call.params.id));
    return noGroup();
  };
  const group = { description: 'Update the roles of a group', handle: noGroup };

  return singleOperations(dependencies, {
    'GET /rules-configs': { handle: () => store.records.at(rulesConfigs).map(({ id }) => ({ key: id })) },
    'PUT /rules-configs/{key}': {
      description: 'Set a rules config',
      handle: ({ params: { key = '' }, body: { value } }) => {
        store.records.put(rulesConfigs, key, { value });
        return { key, value };
      },
    },
    'DELETE /rules-configs/{key}': {
      description: 'Delete a rules config',
      handle: ({ params: { key = '' } }) => {
        store.records.remove(rulesConfigs, key);
        return undefined;
      },
    },
    'GET /blacklists/tokens': {
      handle: ({ query: { aud } }) =>
        store.records
          .at(blacklist)
          .map(({ members }) => members)
          .filter((token) => aud === undefined || token.aud === aud),
    },
    'POST /blacklists/tokens': {
      description: 'Blacklist a token',
      handle: ({ body }) => store.records.put(blacklist, `${body.aud} ${body.jti}`, body),
    },
    'GET /connection-profiles/templates': { handle: () => ({ connection_profile_templates: [] }) },
    'GET /connection-profiles/templates/{id}': { handle: missing('Connection profile template not found.') },
    'GET /user-attribute-profiles/templates': { handle: () => ({ user_attribute_profile_templates: [] }) },
    'GET /user-attribute-profiles/templates/{id}': { handle: missing('User attribute profile template not found.') },
    'GET /anomaly/blocks/ips/{id}': {
      handle: ({ params: { id = '' } }) => (isAddressThrottled(store, id) ? {} : missing('Not Found')()),
    },
    'DELETE /anomaly/blocks/ips/{id}': {
      description: 'Remove the blocked IP address',
      handle: ({ params: { id = '' } }) => unblockAddress(store, id),
    },
    'GET /connections/{id}/status': {
      handle: ({ params: { id = '' } }) => {
        findConnection(store, id);
        // The connector of a directory runs in a company's network, and none reaches a local tenant.
        throw notFound('The connection is not online.');
      },
    },
    'POST /guardian/enrollments/ticket': {
      description: 'Create a multi-factor authentication enrollment ticket',
      handle: ({ body }) => {
        findUser(store, String(body.user_id));
        const ticket = randomName(32);
        return { ticket_id: ticket, ticket_url: new URL(`/mfa/enrollment?ticket=${ticket}`, audience).href };
      },
    },
    'GET /groups': { handle: ({ query }) => listAnswer('groups', query, pagesOf([]), String) },
    'GET /groups/{id}': group,
    'DELETE /groups/{id}': { description: 'Delete a group', handle: noGroup },
    'GET /groups/{id}/members': group,
    'GET /groups/{id}/roles': group,
    'POST /groups/{id}/roles': group,
    'DELETE /groups/{id}/roles': group,
    'POST /roles/{id}/groups': { ...group, handle: noGroupFor((id) => findRole(store, id)) },
    'DELETE /roles/{id}/groups': { ...group, handle: noGroupFor((id) => findRole(store, id)) },
    'GET /organizations/{organization_id}/groups': {
      handle: ({ params }) => {
        findOrganization(store, String(params.organization_id));
        return { groups: [] };
      },
    },
    'GET /organizations/{organization_id}/groups/{group_id}/roles': group,
    'POST /organizations/{organization_id}/groups/{group_id}/roles': group,
    'DELETE /organizations/{organization_id}/groups/{group_id}/roles': group,
  });
}
