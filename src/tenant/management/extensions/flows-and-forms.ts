import { randomBytes } from 'node:crypto';
import { base58Id } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import type { Operation } from '../operation.ts';
import { collection, type ResourceCall } from '../resources/collection.ts';
import { singleOperations } from '../resources/single-operations.ts';

const flowsPath = '/flows';
const noFlow = () => notFound('Flow not found');

const flows = collection({
  path: flowsPath,
  called: 'flow',
  id: () => base58Id('af_'),
  missing: noFlow,
  times: true,
});

const vaultConnections = collection({
  path: '/flows/vault/connections',
  called: 'vault connection',
  id: () => base58Id('ac_'),
  missing: 'Connection not found',
  times: true,
  // The setup, with its secrets, is in no answer; the fingerprint changes with it.
  beforeCreate: (members) => ({ ...members, fingerprint: randomBytes(16).toString('hex') }),
  beforeChange: (next) => ({ ...next, fingerprint: randomBytes(16).toString('hex') }),
  present: ({ setup, account_name, ...shown }, _, moment) => ({
    ...shown,
    ...(account_name !== undefined && { account_name }),
    ready: setup !== undefined,
    ...((moment === 'created' || moment === 'changed') && { refreshed_at: null }),
  }),
});

const forms = collection({
  path: '/forms',
  called: 'form',
  id: () => base58Id('ap_'),
  missing: 'Form not found',
  times: true,
  present: (shown, _, moment) =>
    moment === 'listed' ? listed(shown) : { ...shown, embedded_at: null, submitted_at: null },
});

/** A list has the form's name and not its content. */
function listed({ id, name, created_at, updated_at }: JsonObject): JsonObject {
  return { id, name, created_at, updated_at, embedded_at: null, submitted_at: null };
}

/**
 * Forms, flows, and what flows connect to: `/forms`, `/flows`. Nothing runs them, so that no flow has an execution.
 *
 * @see https://auth0.com/docs/customize/forms
 */
export function flowAndFormOperations(dependencies: ManagementDependencies): Operation[] {
  const find = ({ params }: ResourceCall) => {
    if (dependencies.store.records.find({ kind: flowsPath }, String(params.flow_id)) === undefined) throw noFlow();
  };
  const noExecution = {
    description: 'Delete a flow execution',
    handle: (call: ResourceCall) => {
      find(call);
      throw notFound('Flow execution not found');
    },
  };
  const executions = singleOperations(dependencies, {
    'GET /flows/{flow_id}/executions': {
      handle: (call) => {
        find(call);
        const { include_totals, take, from } = call.query;
        const isObject = include_totals === true || take !== undefined || from !== undefined;
        return isObject ? { executions: [], start: 0, limit: 50, total: 0 } : [];
      },
    },
    'GET /flows/{flow_id}/executions/{execution_id}': noExecution,
    'DELETE /flows/{flow_id}/executions/{execution_id}': noExecution,
  });
  return [...vaultConnections(dependencies), ...flows(dependencies), ...executions, ...forms(dependencies)];
}
