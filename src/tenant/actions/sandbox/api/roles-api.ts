import type { ApiContext } from './api-context.ts';
import { type PageParameters, pageOf } from './page-parameters.ts';

const MOST_IDS = 100;
const MOST_NAMES = 50;

/** `api.roles`: the user's roles as they are now, from the tenant without a Management API call. */
export function rolesApi({ collector, ask }: ApiContext) {
  return {
    async getUserEffectiveRoles(parameters: PageParameters = {}) {
      collector.record('roles.getUserEffectiveRoles', [parameters]);
      return ask('roles.list', pageOf(parameters));
    },

    async getUserEffectiveRolesByIds(ids: unknown) {
      collector.record('roles.getUserEffectiveRolesByIds', [ids]);
      return ask('roles.byIds', { ids: strings('ids', ids, MOST_IDS) });
    },

    async getUserEffectiveRolesByNames(names: unknown) {
      collector.record('roles.getUserEffectiveRolesByNames', [names]);
      return ask('roles.byNames', { names: strings('names', names, MOST_NAMES) });
    },
  };
}

function strings(name: string, value: unknown, most: number): string[] {
  const valid = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
  if (!valid) throw new Error(`The "${name}" parameter must be a non-empty array of strings.`);
  if (value.length > most) throw new Error(`The "${name}" parameter must have at most ${most} items.`);
  return value;
}
