import { type FlowPosition, GATE_NAME } from '../desired-state.ts';
import type { TenantSnapshot } from '../tenant-snapshot.ts';
import { flowWith } from './login-flow.ts';
import type { PlannedChange } from './planned-change.ts';

/**
 * Plans the change of the Action's place in the login flow.
 *
 * @throws {Problem} `position_unknown`
 */
export function planBinding({ bindings, action }: TenantSnapshot, position: FlowPosition | undefined): PlannedChange {
  const change = { resource: 'binding', name: GATE_NAME } as const;
  const flow = flowWith(bindings, action?.id, position);
  const bound = !flow.includes(undefined);
  if (bound && flow.every((one, index) => one === bindings[index])) {
    return { ...change, action: 'none', why: 'it is in the login flow', fields: [] };
  }
  const named = (list: typeof flow) => list.map((one) => one?.displayName ?? one?.actionName ?? GATE_NAME).join(' > ');
  return {
    ...change,
    action: bound ? 'update' : 'create',
    why: bound ? 'its position in the login flow is different' : 'only what is bound runs',
    fields: [{ name: 'login', before: bindings.length === 0 ? undefined : named([...bindings]), after: named(flow) }],
  };
}
