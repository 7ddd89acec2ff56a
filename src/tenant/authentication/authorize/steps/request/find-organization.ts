import { clientRecordOf } from '../../../provider/tenant-client.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';
import { requestedOrganization } from '../../organization.ts';
import { originalRequest } from '../../original-request.ts';

/** The organization that the application names, if it may or must name one. This comes before the login page. */
export function findOrganizationOfRequest({ tenant, ctx: { oidc } }: Readonly<LoginProgress>): StepResult {
  const client = clientRecordOf(oidc.client);
  return proceed({ organization: requestedOrganization(tenant.store, client, originalRequest(oidc.params)) });
}
