import { assertWebOrigin } from '../../../provider/cors-origins.ts';
import { clientRecordOf } from '../../../provider/tenant-client.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';
import { organizationUrls } from '../../organizations/organization.ts';
import { originalRequest } from '../../original-request.ts';

/** The response may go to the window that waits for it. This comes first: an error is a response too. */
export function checkWebOrigin({ tenant, ctx: { oidc } }: Readonly<LoginProgress>): StepResult {
  const client = clientRecordOf(oidc.client);
  const { organization } = originalRequest(oidc.params);
  assertWebOrigin(organizationUrls(tenant.store, client, client.web_origins, organization), oidc.params ?? {});
  return proceed();
}
