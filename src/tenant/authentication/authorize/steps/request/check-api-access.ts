import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { authorizeClient } from '../../../tokens/access-policy.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';

/** The API's policy lets the application act for users. Actions must not run for a token that cannot be issued. */
export function checkApiAccess({ tenant, api, ctx }: Readonly<LoginProgress>): StepResult {
  if (api !== undefined) authorizeClient(tenant.store, clientRecordOf(ctx.oidc.client), api, 'user');
  return proceed();
}
