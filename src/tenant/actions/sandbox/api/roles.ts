import type { ApiContext } from './api-context.ts';

const MOST_AT_ONCE = 100;
const MOST_IDS = 100;
const MOST_NAMES = 50;

/** `api.roles`: the person's roles as they are now, asked of the tenant without any Management API call. */
export function rolesApi({ collector, ask }: ApiContext) {
  return {
    async getUserEffectiveRoles(parameters: { take?: unknown; from?: unknown } = {}) {
      collector.note('roles.getUserEffectiveRoles', [parameters]);
      const { take, from } = parameters;
      if (from !== undefined && typeof from !== 'string') {
        throw new Error('The "from" parameter must be a string if provided.');
      }
      if (take !== undefined && !(Number.isInteger(take) && Number(take) > 0)) {
        throw new Error('The "take" parameter must be a positive integer if provided.');
      }
      if (Number(take) > MOST_AT_ONCE) throw new Error(`The "take" parameter must be at most ${MOST_AT_ONCE}.`);
      return ask('roles.list', {
        take: take === undefined ? 50 : Number(take),
        ...(from === undefined ? {} : { from }),
      });
    },

    async getUserEffectiveRolesByIds(ids: unknown) {
      collector.note('roles.getUserEffectiveRolesByIds', [ids]);
      return ask('roles.byIds', { ids: strings('ids', ids, MOST_IDS) });
    },

    async getUserEffectiveRolesByNames(names: unknown) {
      collector.note('roles.getUserEffectiveRolesByNames', [names]);
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
