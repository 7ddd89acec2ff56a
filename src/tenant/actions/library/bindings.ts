import { randomUUID } from 'node:crypto';
import { Problem } from '../../../problem/problem.ts';
import type { ActionRecord } from '../../store/records/actions/action-repository.ts';
import type { BindingRecord } from '../../store/records/actions/binding-repository.ts';
import type { Store } from '../../store/store.ts';
import { ACTION_LIMITS } from './action-input.ts';
import { actionTime } from './action-time.ts';
import { isTrigger } from './published-triggers.ts';

/** The requested position of an Action in a trigger. */
export interface BindingRequest {
  readonly ref: { readonly type: 'action_id' | 'action_name' | 'binding_id'; readonly value: string };
  readonly display_name?: string;
}

/**
 * Replaces the ordered list of a trigger's Actions; every binding is new. Source: Management API,
 * "Update trigger bindings".
 *
 * @throws Problem `unknown_trigger`, `not_found`, `not_deployed`, `too_many`, `invalid`; then nothing is changed
 */
export function bindTrigger(store: Store, triggerId: string, requests: readonly BindingRequest[]): BindingRecord[] {
  if (!isTrigger(triggerId)) throw new Problem('unknown_trigger', `There is no trigger "${triggerId}".`);
  if (requests.length > ACTION_LIMITS.bindings) {
    throw new Problem('too_many', `A trigger runs at most ${ACTION_LIMITS.bindings} actions.`);
  }
  return store.transaction(() => {
    const before = store.bindings.list(triggerId);
    const bound = new Set<string>();
    const records = requests.map((request) => {
      const action = referredAction(store, before, request);
      if (!action.supported_triggers.some(({ id }) => id === triggerId)) {
        throw new Problem('invalid', `The action "${action.name}" is not made for the trigger ${triggerId}.`);
      }
      if (action.deployed_version_id === undefined) {
        throw new Problem('not_deployed', `The action "${action.name}" is not deployed yet. Deploy it, then bind it.`);
      }
      if (bound.has(action.id)) {
        throw new Problem('invalid', `The action "${action.name}" is bound twice to ${triggerId}.`);
      }
      bound.add(action.id);
      const now = actionTime();
      return {
        id: randomUUID(),
        trigger_id: triggerId,
        action_id: action.id,
        display_name: request.display_name ?? action.name,
        created_at: now,
        updated_at: now,
      };
    });
    store.bindings.replace(triggerId, records);
    return records;
  });
}

function referredAction(store: Store, before: readonly BindingRecord[], { ref }: BindingRequest): ActionRecord {
  const action = find();
  if (action === undefined) throw new Problem('not_found', `There is no action with the ${ref.type} "${ref.value}".`);
  return action;

  function find(): ActionRecord | undefined {
    if (ref.type === 'action_id') return store.actions.find(ref.value);
    if (ref.type === 'action_name') return store.actions.findByName(ref.value);
    const binding = before.find(({ id }) => id === ref.value);
    return binding === undefined ? undefined : store.actions.find(binding.action_id);
  }
}
