import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { authorizeClient } from '../../../tokens/access-policy.ts';
import { grantedScopes } from '../../../tokens/api-audience.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';
import { organizationOfGrant } from '../../organizations/machine-organization.ts';

/** The application's client grant has the scopes that it requests for itself, and may be used for the organization that it names. */
export function checkClientGrant({ tenant, api, request, requestedScopes, ctx }: Readonly<LoginProgress>): StepResult {
  if (api === undefined) return proceed();
  const { store } = tenant;
  const client = clientRecordOf(ctx.oidc.client);
  const scopes = grantedScopes(store, client, api, requestedScopes);
  const grant = authorizeClient(store, client, api, 'client');
  const organization = organizationOfGrant(store, client, grant, request.form.get('organization') ?? undefined);
  return proceed({ scopes, organization, organizationId: organization?.id });
}
