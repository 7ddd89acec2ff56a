import type { JsonObject } from '../../store/json-value.ts';
import type { ExecutionRecord, ExecutionResult } from '../../store/records/actions/execution-repository.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';

/** Results of a trigger's run: `/actions/executions/{id}`. */
export function actionExecutionOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'GET /actions/executions/{id}': {
        handle: (call) => {
          const record = store.executions.find(pathParameter(call, 'id'));
          if (record === undefined) throw notFound('That execution does not exist.');
          return executionAnswer(record);
        },
      },
    },
  );
}

function executionAnswer(record: ExecutionRecord): JsonObject {
  return {
    id: record.id,
    trigger_id: record.trigger_id,
    status: record.status,
    results: record.results.map(resultAnswer),
    created_at: record.created_at,
    updated_at: record.updated_at,
  };
}

/**
 * The published description has `action_name`, `error`, `started_at` and `ended_at`. Tenants also return `action_id`,
 * `binding_id`, `version_id` and `response` with the error and the times. Only this tenant returns `response.logs`, the
 * Action's console output, and `response.requests`, its requests: Auth0 shows the console output only in its Dashboard.
 */
function resultAnswer(result: ExecutionResult): JsonObject {
  const { error } = result;
  return {
    action_name: result.action_name,
    action_id: result.action_id,
    binding_id: result.binding_id,
    version_id: result.version_id,
    ...(error !== undefined && { error: { id: error.code, msg: error.message } }),
    response: {
      ...(error !== undefined && { error: { message: error.message, name: error.name } }),
      stats: {
        total_request_duration_ms: elapsed(result),
        total_runtime_execution_duration_ms: result.action_duration_ms + result.boot_duration_ms,
        runtime_processing_duration_ms: Math.max(
          0,
          elapsed(result) - result.action_duration_ms - result.boot_duration_ms,
        ),
        action_duration_ms: result.action_duration_ms,
        runtime_external_call_duration_ms: 0,
        boot_duration_ms: result.boot_duration_ms,
        network_duration_ms: 0,
      },
      logs: result.console.map(({ text }) => text).join('\n'),
      requests: result.requests ?? [],
    },
    started_at: result.started_at,
    ended_at: result.ended_at,
  };
}

function elapsed({ started_at, ended_at }: ExecutionResult): number {
  return Math.max(0, Date.parse(ended_at) - Date.parse(started_at));
}
