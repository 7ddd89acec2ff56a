import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../../problem/problem.ts';
import type { Members, Seed } from './seed.ts';
import { without } from './seed-access.ts';
import type { Collection, SeedApi, SeedPlace } from './seed-api.ts';

export const ACTIONS: Collection = {
  path: 'actions/actions',
  identity: 'name',
  id: 'id',
  fixed: ['supported_triggers'],
};
export const MODULES: Collection = { path: 'actions/modules', identity: 'name', id: 'id', fixed: ['name'] };
/** Members of an exported Action that a tenant decides. */
const OWN_OF_ACTION = [
  'id',
  'status',
  'deployed',
  'installed_integration_id',
  'modules',
  'all_changes_deployed',
  'current_version',
];
const OWN_OF_MODULE = ['id', 'actions_using_module_total', 'all_changes_published', 'latest_version_number'];
const MILLISECONDS_BETWEEN = 25;

/**
 * Creates modules and Actions, deploys those that are deployed, and binds them to their triggers.
 *
 * @throws {Problem} `seed_refused`, `seed_reference_missing`; `action_build_failed` if one cannot be built
 * @example await seedActions(api, { actions: [{ name: 'Greet', code, deployed: true, supported_triggers }] });
 */
export async function seedActions(api: SeedApi, seed: Seed): Promise<void> {
  const modules = new Map<string, Members>();
  for (const module of seed.actionModules ?? []) {
    const place = { kind: 'actionModules', name: String(module.name) };
    const created = await api.put(MODULES, withSecrets(api, without(module, OWN_OF_MODULE), place), place);
    if (created === undefined) continue;
    if (module.all_changes_published === false) continue;
    const version = await api.send('POST', `actions/modules/${created.id}/versions`, {}, place);
    modules.set(place.name, { module_id: created.id, module_version_id: version?.id });
  }
  const waiting: { readonly id: string; readonly name: string }[] = [];
  for (const action of seed.actions ?? []) {
    const place = { kind: 'actions', name: action.name };
    const used = (action.modules as readonly Members[] | undefined)?.flatMap(
      ({ module_name }) => modules.get(String(module_name)) ?? [],
    );
    const body = {
      ...withSecrets(api, without(action, OWN_OF_ACTION), place),
      ...(used !== undefined && used.length > 0 && { modules: used }),
    };
    const known = (await api.list(ACTIONS)).find(({ name }) => name === action.name);
    const created =
      known === undefined
        ? await api.send('POST', 'actions/actions', body, place)
        : await api.send('PATCH', `actions/actions/${known.id}`, without(body, ACTIONS.fixed), place);
    if (created !== undefined && action.deployed === true) waiting.push({ id: String(created.id), name: action.name });
  }
  for (const { id, name } of waiting) {
    await untilBuilt(api, id, name);
    await api.send('POST', `actions/actions/${id}/deploy`, undefined, { kind: 'actions', name });
  }
  for (const [trigger, bindings] of Object.entries(seed.triggers ?? {})) {
    if (bindings.length === 0) continue;
    const body = bindings.map(({ action_name, display_name = action_name, ...rest }) => ({
      ref: { type: 'action_name', value: action_name },
      display_name,
      ...rest,
    }));
    const place = { kind: 'triggers', name: trigger };
    await api.send('PATCH', `actions/triggers/${trigger}/bindings`, { bindings: body }, place);
  }
}

/** Leaves out secrets without a value, which a tenant refuses: an export of the deploy CLI has the names of a module's secrets alone. */
function withSecrets(api: SeedApi, members: Members, place: SeedPlace): Members {
  if (!Array.isArray(members.secrets)) return members;
  const secrets = members.secrets as readonly Members[];
  for (const { name, value } of secrets) {
    if (value === undefined)
      api.omissions.push({ ...place, reason: `Its secret ${name} has no value. Write one in the seed.` });
  }
  return { ...members, secrets: secrets.filter(({ value }) => value !== undefined) };
}

/** The tenant answers a repeated question late by itself, so the wait is short. */
async function untilBuilt(api: SeedApi, id: string, name: string): Promise<void> {
  for (;;) {
    const { status, errors } = (await api.get(`actions/actions/${id}`)) as {
      status: string;
      errors?: { msg?: string }[];
    };
    if (status === 'built') return;
    if (status === 'failed') {
      const why = errors?.[0]?.msg ?? 'The tenant gives no reason.';
      throw new Problem('seed_refused', `The Action "${name}" cannot be built: ${why}`);
    }
    await wait(MILLISECONDS_BETWEEN);
  }
}
