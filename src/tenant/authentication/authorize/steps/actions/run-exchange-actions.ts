import { errors } from 'oidc-provider';
import type { JsonObject } from '../../../../store/json-value.ts';
import type { OrganizationRecord } from '../../../../store/records/organizations/organization-repository.ts';
import { actionRequest } from '../../../http/action-request.ts';
import { clientRecordOf } from '../../../provider/tenant-client.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { wordsOf } from '../../original-request.ts';

/**
 * Runs the Actions of a client credentials exchange, and refuses it if they deny it or fail.
 *
 * @see Auth0 docs: "Actions Triggers: credentials-exchange".
 */
export async function runExchangeActions(login: Readonly<LoginProgress>): Promise<StepResult> {
  const { tenant, ctx, request: facts, api, scopes, organization } = login;
  if (tenant.sideTriggers === undefined || api === undefined) return proceed();
  const client = clientRecordOf(ctx.oidc.client);
  const event: JsonObject = {
    accessToken: { customClaims: {}, scope: [...scopes] },
    client: { client_id: client.client_id, name: client.name, metadata: { ...client.client_metadata } },
    ...(organization !== undefined && { organization: organizationEvent(organization) }),
    request: actionRequest(facts, { body: true }),
    resource_server: { identifier: api.identifier },
    transaction: { requested_scopes: wordsOf(facts.form.get('scope')), target_scopes: [...scopes] },
  };
  const request = { ip: facts.ip, hostname: facts.hostname, client_id: client.client_id };
  const outcome = await tenant.sideTriggers.run('credentials-exchange', event, request);
  const { executions } = outcome;
  if (outcome.kind === 'error') return refuse(new errors.AccessDenied(outcome.message), { executions });
  if (outcome.kind === 'deny') {
    const denial = new errors.CustomOIDCProviderError(outcome.code || 'access_denied', outcome.reason);
    return refuse(denial, { executions });
  }
  const { accessTokenClaims: claims, targetScopes } = outcome;
  return proceed({ executions, exchange: { claims, ...(targetScopes && { targetScopes }) } });
}

function organizationEvent({ id, name, display_name, metadata }: OrganizationRecord): JsonObject {
  return { id, name, ...(display_name !== undefined && { display_name }), metadata: { ...metadata } };
}
