import { errors } from 'oidc-provider';
import type { SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { actionRequest } from '../http/action-request.ts';
import { loginProgress, type OidcContext, requestInfo } from '../http/web-context.ts';

/** The changes that the Actions of an exchange make to its token. */
interface ExchangeEffects {
  readonly claims: JsonObject;
  /** The scopes, if the Actions changed them. */
  readonly targetScopes?: readonly string[];
}

const effects = new WeakMap<object, ExchangeEffects>();

/**
 * Runs the Actions of a client credentials exchange, after the application's client grant has been checked.
 *
 * @throws the Action's code with its reason; `access_denied` if an Action fails.
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
  if (triggers === undefined || effects.has(ctx.req)) return;
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
  effects.set(ctx.req, { claims: accessTokenClaims, ...(targetScopes && { targetScopes }) });
}

/** The scopes that the Actions of this exchange set, not yet checked against the client grant; `undefined` if they set none. */
export function exchangeScopes(ctx: OidcContext): readonly string[] | undefined {
  return effects.get(ctx.req)?.targetScopes;
}

/** The claims that the Actions of this exchange add to its token. */
export function exchangeClaims(ctx: OidcContext): JsonObject {
  return effects.get(ctx.req)?.claims ?? {};
}
