import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { grantedScopes } from '../../../tokens/api-audience.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';

/** The application's client grant has the scopes that it requests for itself. */
export function checkClientGrant({ tenant, api, requestedScopes, ctx }: Readonly<LoginProgress>): StepResult {
  if (api === undefined) return proceed();
  return proceed({ scopes: grantedScopes(tenant.store, clientRecordOf(ctx.oidc.client), api, requestedScopes) });
}
