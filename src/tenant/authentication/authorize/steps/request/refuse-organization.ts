import { errors } from 'oidc-provider';
import { clientRecordOf } from '../../../provider/tenant-client.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/** A password login cannot be for an organization here, so it is refused if the request or the application asks for one. */
export function refuseOrganization({ request, ctx }: Readonly<LoginProgress>): StepResult {
  if (clientRecordOf(ctx.oidc.client).other.organization_usage === 'require') {
    return refuse(new errors.InvalidRequest('parameter organization is required for this client'));
  }
  if (!request.form.has('organization')) return proceed();
  return refuse(new errors.InvalidRequest('This tenant has no password grant for an organization.'));
}
