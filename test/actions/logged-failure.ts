import { expect } from 'vitest';
import type { PostLoginOutcome } from '../../src/tenant/actions/run/login-transaction.ts';
import type { TenantWithActions } from './tenant-with-actions.ts';

/** Expects that a failed login is in the tenant's log, with its execution, and both with the outcome's message. */
export function expectLoggedFailure(tenant: TenantWithActions, outcome: PostLoginOutcome): void {
  if (outcome.kind !== 'error') throw new Error(`The login ended as ${JSON.stringify(outcome)}`);
  const [id = ''] = outcome.executions;
  const { status, results = [] } = tenant.store.executions.find(id) ?? {};
  expect(status).toBe('final');
  // The Actions before the one that failed have succeeded.
  const errors = results.map(({ error }) => error?.message);
  expect(errors).toEqual([...errors.slice(0, -1).fill(undefined), outcome.message]);
  const { rows } = tenant.store.logs.list({ type: 'actions_execution_failed' }, { page: 0, perPage: 1 });
  expect(rows[0]).toMatchObject({
    type: 'actions_execution_failed',
    user_id: tenant.user.user_id,
    details: {
      execution_id: id,
      error_class: outcome.errorClass,
      action_error: { message: outcome.message },
    },
  });
}
