import type { ApiContext } from './api-context.ts';

const MOST_AT_ONCE = 100;

/** `api.groups`. This tenant has no groups, so nobody is in one. */
export function groupsApi({ collector }: ApiContext) {
  return {
    async getUserGroups(parameters: { take?: unknown; from?: unknown } = {}) {
      collector.note('groups.getUserGroups', [parameters]);
      const { take, from } = parameters;
      if (from !== undefined && typeof from !== 'string') {
        throw new Error('The "from" parameter must be a string if provided.');
      }
      if (take !== undefined && !(Number.isInteger(take) && Number(take) > 0)) {
        throw new Error('The "take" parameter must be a positive integer if provided.');
      }
      if (Number(take) > MOST_AT_ONCE) throw new Error(`The "take" parameter must be at most ${MOST_AT_ONCE}.`);
      return { groups: [] };
    },
    /** Tells of the groups that the person is in, of those that were asked about: of none. */
    async hasGroupMembership(groups: unknown) {
      collector.note('groups.hasGroupMembership', [groups]);
      const valid = Array.isArray(groups) && groups.length > 0 && groups.every((one) => typeof one === 'string');
      if (!valid) throw new Error('The "groups" parameter must be a non-empty array of strings.');
      return { memberships: {} };
    },
  };
}
