import { base58Id } from '../../store/identifiers.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import { ApiError, invalidBody, notFound } from '../http/api-error.ts';
import { collection } from '../resources/collection.ts';
import { tenantName } from '../tenant-name.ts';

const curatedLists = ['auth0.low_reputation', 'auth0.icloud_relay_proxy'];

/**
 * Access control lists by network: `/network-acls`.
 *
 * @see https://auth0.com/docs/secure/tenant-access-control-list
 */
export const networkAclOperations = collection({
  path: '/network-acls',
  called: 'network ACL',
  id: () => base58Id('acl_'),
  times: true,
  missing: (id) =>
    /^(acl_[1-9A-HJ-NP-Za-km-z]{22}|[\da-f-]{36})$/.test(id)
      ? notFound('NetworkACL with this ID was not found')
      : new ApiError(
          400,
          "Network ACL id is not a valid ACL ID in the form 'acl_XXXXXXXXXXXXXXXXXXXXXX'",
          'invalid_uri',
        ),
  // The answer to a removal has a body.
  removed: { code: 204, object: '' },
  beforeCreate: checked,
  beforeChange: checked,
  // The deploy CLI refuses to import what a list with these two members was exported from.
  present: (shown, _, moment) => (moment === 'read' ? { tenant_id: tenantName, ...shown, deleted_at: null } : shown),
});

/** @throws ApiError 400 for what the published schema cannot say */
function checked(members: JsonObject): JsonObject {
  const { action, match, not_match } = objectOf(members.rule);
  const { redirect, redirect_uri } = objectOf(action);
  if (redirect === true && redirect_uri === undefined) {
    throw invalidBody('Payload validation error: Action type of `redirect` requires a `redirect_uri`');
  }
  const unknown = [match, not_match]
    .flatMap((criteria) => [objectOf(criteria).auth0_managed].flat())
    .filter((list) => typeof list === 'string' && !curatedLists.includes(list));
  if (unknown.length > 0) {
    throw invalidBody(
      `Invalid curated list name(s): ${unknown.join(', ')}. Allowed curated list names are: ${curatedLists.join(', ')}`,
    );
  }
  return members;
}
