import { GATE_NAME } from '../../deployment/desired-state.ts';
import type { Members } from '../seed/seed.ts';
import { ACTIONS, MODULES } from '../seed/seed-actions.ts';
import { byMember, compareTexts, type ExportContext, only } from './export-context.ts';

/** Exports Actions as logins run them, the modules that they use, and the Actions of each trigger. */
export async function exportActions(context: ExportContext): Promise<Members> {
  const { api, omissions, keyword } = context;
  const modules = (await api.list(MODULES)).map((module) => ({
    // The deploy CLI publishes a module that says so.
    ...only(module, ['name', 'code', 'dependencies', 'all_changes_published']),
    secrets: secretsOf(module, (secret) => keyword('modules', String(module.name), secret)),
  }));
  const actions: Members[] = [];
  for (const listed of await api.list(ACTIONS)) {
    const name = String(listed.name);
    if (name === GATE_NAME) continue;
    const action = (await api.get(`actions/actions/${listed.id}`)) as Members;
    const isDraft = action.all_changes_deployed !== true;
    const deployed = action.deployed_version as Members | undefined;
    if (isDraft && deployed !== undefined) {
      omissions.push({ kind: 'actions', name, reason: 'Its draft has changes that are not deployed.' });
    }
    const content = isDraft && deployed !== undefined ? { ...action, ...deployed } : action;
    actions.push({
      name,
      ...only(content, ['code', 'runtime', 'dependencies']),
      deployed: deployed !== undefined,
      secrets: secretsOf(content, (secret) => keyword('actions', name, secret)),
      supported_triggers: listOf(action.supported_triggers).map((trigger) => only(trigger, ['id', 'version'])),
      ...(listOf(content.modules).length > 0 && {
        modules: listOf(content.modules).map((module) => only(module, ['module_name', 'module_version_number'])),
      }),
    });
  }
  return {
    actionModules: modules.sort(byMember('name')),
    actions: actions.sort(byMember('name')),
    triggers: await exportTriggers(context),
  };
}

async function exportTriggers({ api }: ExportContext): Promise<Members> {
  const { triggers } = (await api.get('actions/triggers')) as { triggers: readonly { id: string }[] };
  const names = [...new Set(triggers.map(({ id }) => id))].sort(compareTexts);
  const exported: Record<string, Members[]> = {};
  for (const name of names) {
    const bindings = (await api.list({ ...ACTIONS, path: `actions/triggers/${name}/bindings` })).flatMap(
      ({ display_name, action }) => {
        const action_name = (action as Members).name;
        return action_name === GATE_NAME ? [] : [{ action_name, display_name }];
      },
    );
    if (bindings.length > 0) exported[name] = bindings;
  }
  return exported;
}

function secretsOf(members: Members, keyword: (name: string) => string): Members[] {
  return listOf(members.secrets).map(({ name }) => ({ name, value: keyword(String(name)) }));
}

function listOf(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value : [];
}
