import type { ApiContext } from './api-context.ts';
import { type PageParameters, pageOf } from './page-parameters.ts';

/** `api.groups`. This tenant has no groups, so every user is in none. */
export function groupsApi({ collector }: ApiContext) {
  return {
    async getUserGroups(parameters: PageParameters = {}) {
      collector.record('groups.getUserGroups', [parameters]);
      pageOf(parameters);
      return { groups: [] };
    },
    /** Returns which of the given groups the user is in: none. */
    async hasGroupMembership(groups: unknown) {
      collector.record('groups.hasGroupMembership', [groups]);
      const valid = Array.isArray(groups) && groups.length > 0 && groups.every((one) => typeof one === 'string');
      if (!valid) throw new Error('The "groups" parameter must be a non-empty array of strings.');
      return { memberships: {} };
    },
  };
}
