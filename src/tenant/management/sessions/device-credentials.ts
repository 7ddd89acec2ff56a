import { randomName } from '../../store/identifiers.ts';
import { requireOwnUser } from '../authorization.ts';
import { collection } from '../resources/collection.ts';

const filters = ['user_id', 'client_id', 'type'];

/**
 * Public keys of devices, each of the user whose token created it: `/device-credentials`.
 *
 * @see https://auth0.com/docs/api/management/v2/device-credentials
 */
export const deviceCredentialOperations = collection({
  path: '/device-credentials',
  called: 'device credential',
  id: () => `dcr_${randomName(16)}`,
  missing: 'The device credential does not exist.',
  filter: ({ members }, query) =>
    filters.every((member) => query[member] === undefined || query[member] === members[member]),
  beforeCreate: (members, { caller }) => ({ ...members, user_id: caller.subject }),
  beforeRemove: ({ members }, { caller }) => {
    const anyOf = ['delete:device_credentials', 'delete:current_user_device_credentials'];
    requireOwnUser(caller, { anyOf }, String(members.user_id));
  },
  present: (answer, _, moment) => (moment === 'created' ? { id: answer.id } : answer),
});
