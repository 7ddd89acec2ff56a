import { errors } from 'oidc-provider';
import type { SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { actionRequest } from '../http/action-request.ts';
import { loginProgress, type OidcContext, requestInfo } from '../http/web-context.ts';

/** What the Actions of an exchange want its token to be. */
interface ExchangeWishes {
  readonly claims: JsonObject;
  /** Where they changed them. */
  readonly targetScopes?: readonly string[];
}

const wishes = new WeakMap<object, ExchangeWishes>();

/**
 * Runs the Actions of an application's exchange for itself, once its grant is known to be large enough.
 *
 * @throws the Action's code with its reason; `access_denied` where an Action fails.
 * @example
 * await runCredentialsExchange(sideTriggers, ctx, client, api.identifier);
 * @see Auth0 docs: "Actions Triggers: credentials-exchange".
 */
export async function runCredentialsExchange(
  triggers: SideTriggers | undefined,
  ctx: OidcContext,
  client: ClientRecord,
  identifier: string,
): Promise<void> {
  if (triggers === undefined || wishes.has(ctx.req)) return;
  const facts = requestInfo(ctx);
  const { params } = ctx.oidc;
  const scope = wordsOf(typeof params?.scope === 'string' ? params.scope : undefined);
  const event: JsonObject = {
    accessToken: { customClaims: {}, scope },
    client: { client_id: client.client_id, name: client.name, metadata: { ...client.client_metadata } },
    request: actionRequest(facts, { body: true }),
    resource_server: { identifier },
    transaction: { requested_scopes: wordsOf(facts.form.get('scope') ?? undefined), target_scopes: scope },
  };
  const request = { ip: facts.ip, hostname: facts.hostname, client_id: client.client_id };
  const outcome = await triggers.run('credentials-exchange', event, request);
  loginProgress(ctx).executions = outcome.executions;
  if (outcome.kind === 'error') throw new errors.AccessDenied(outcome.message);
  if (outcome.kind === 'deny') {
    throw new errors.CustomOIDCProviderError(outcome.code || 'access_denied', outcome.reason);
  }
  const { accessTokenClaims, targetScopes } = outcome;
  wishes.set(ctx.req, { claims: accessTokenClaims, ...(targetScopes && { targetScopes }) });
}

/** The scopes that the Actions of this exchange want in its token, whatever its application may have; `undefined` where they left them alone. */
export function exchangeScopes(ctx: OidcContext): readonly string[] | undefined {
  return wishes.get(ctx.req)?.targetScopes;
}

/** What the Actions of this exchange put into its token. */
export function exchangeClaims(ctx: OidcContext): JsonObject {
  return wishes.get(ctx.req)?.claims ?? {};
}
