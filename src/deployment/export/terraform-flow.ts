import { type DesiredState, GATE_NAME, GATE_TRIGGER } from '../desired-state.ts';
import { flowWith } from '../plan/login-flow.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import { hclAttributes, hclText, withImport } from './hcl-text.ts';

/**
 * Returns the block for the Action's place in the login flow.
 *
 * @throws {Problem} `position_unknown`
 */
export function flowBlocks({ bindings, action }: TenantSnapshot, { position }: DesiredState): string {
  const bound = bindings.some(({ actionId }) => actionId === action?.id);
  if (position === undefined || position === 'last') {
    const resource = `resource "auth0_trigger_action" "portcullis_gate" {
${hclAttributes('  ', { trigger: hclText(GATE_TRIGGER.id), action_id: 'auth0_action.portcullis_gate.id', display_name: hclText(GATE_NAME) })}
}`;
    const id = bound && action !== undefined ? `${GATE_TRIGGER.id}::${action.id}` : undefined;
    return withImport('auth0_trigger_action.portcullis_gate', id, resource);
  }
  const flow = flowWith(bindings, action?.id, position).map((binding) => {
    const attributes = {
      id:
        binding === undefined || binding.actionId === action?.id
          ? 'auth0_action.portcullis_gate.id'
          : hclText(binding.actionId),
      display_name: hclText(binding?.displayName ?? binding?.actionName ?? GATE_NAME),
    };
    return `  actions {\n${hclAttributes('    ', attributes)}\n  }`;
  });
  const resource = `# The whole login flow, since the Action has its place in it: Terraform removes what is not listed here.
resource "auth0_trigger_actions" "login" {
  trigger = ${hclText(GATE_TRIGGER.id)}

${flow.join('\n\n')}
}`;
  return withImport('auth0_trigger_actions.login', bindings.length > 0 ? GATE_TRIGGER.id : undefined, resource);
}
