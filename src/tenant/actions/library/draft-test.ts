import { Problem } from '../../../problem/problem.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { ActionRecord } from '../../store/records/actions/action-repository.ts';
import type { Store } from '../../store/store.ts';
import { secretMask } from '../run/secret-mask.ts';
import type { SandboxError } from '../sandbox/protocol.ts';
import type { Sandboxes } from '../sandbox/sandboxes.ts';
import { secretsInReach } from './module-references.ts';
import { HANDLERS, isRunTrigger } from './published-triggers.ts';

const INCOMPLETE = "Cannot read properties of undefined (reading 'id')";
const INCOMPLETE_EVENT = { message: INCOMPLETE, name: 'TypeError', stack: `TypeError: ${INCOMPLETE}` };

/**
 * Runs a draft once against the given event and returns the response of the Management API's "Test an Action":
 * `{ error?: { name, message, stack }, stats }`. The Action's effects are not applied. The event has to be complete:
 * Auth0's runtime reads the tenant's id from it before the Action runs, and fails in this way if it has none.
 *
 * @throws Problem `not_built`, `invalid` for triggers whose Actions this tenant does not run
 */
export async function testDraft(
  store: Store,
  sandboxes: Sandboxes,
  draft: ActionRecord,
  payload: JsonObject,
  timeout: number,
): Promise<JsonObject> {
  if (draft.status !== 'built') {
    throw new Problem('not_built', "A draft must be in the 'built' state before it can be tested.");
  }
  const [trigger] = draft.supported_triggers;
  const id = trigger?.id ?? '';
  if (!isRunTrigger(id)) {
    throw new Problem('invalid', `This tenant does not run Actions of the trigger ${id}.`);
  }
  const event = payload.event;
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new Problem('invalid', 'The payload needs an "event" object.');
  }
  if (objectOf(event.tenant).id === undefined)
    return { error: INCOMPLETE_EVENT, stats: statsOf(0, { duration: 0, bootDuration: 0 }) };
  const began = performance.now();
  const report = await sandboxes.executeOnce(draft, {
    handler: HANDLERS[id],
    event: {
      request: {},
      transaction: {},
      ...event,
      user: { app_metadata: {}, user_metadata: {}, ...objectOf(event.user) },
    },
    cache: [],
    pendingUserMetadata: {},
    pendingAppMetadata: {},
    timeout,
    answer: () => ({ roles: [] }),
  });
  const total = Math.round(performance.now() - began);
  const error =
    report.kind === 'timeout'
      ? { name: 'Error', message: `The Action ran longer than ${timeout / 1000} s.` }
      : report.error;
  const mask = secretMask(secretsInReach(store, draft));
  return {
    ...(error === undefined ? {} : { error: mask(errorOf(error)) }),
    stats: statsOf(total, report),
    ...(report.console.length > 0 && { logs: String(mask(report.console.map(({ text }) => text).join('\n'))) }),
  };
}

function statsOf(total: number, { duration, bootDuration }: { duration: number; bootDuration: number }): JsonObject {
  return {
    total_request_duration_ms: total,
    total_runtime_execution_duration_ms: total,
    runtime_processing_duration_ms: Math.max(0, Math.round(total - bootDuration - duration)),
    action_duration_ms: Math.round(duration),
    runtime_external_call_duration_ms: 0,
    boot_duration_ms: Math.round(bootDuration),
    network_duration_ms: 0,
  };
}

function errorOf({ name, message, stack }: Omit<SandboxError, 'code'>): JsonObject {
  return { name, message, ...(stack !== undefined && { stack }) };
}
