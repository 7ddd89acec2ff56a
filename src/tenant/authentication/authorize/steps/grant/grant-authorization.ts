import type { Grant } from 'oidc-provider';
import { applyRefreshTokenChanges } from '../../../../actions/triggers/apply-session-changes.ts';
import { recordRefreshTokenDevice } from '../../../../sessions/device-store.ts';
import type { ResourceServerRecord } from '../../../../store/records/applications/resource-server-repository.ts';
import { factorMethods } from '../../../multifactor/session-factors.ts';
import { scopesForUser, scopesForUsers, scopesOnBehalf } from '../../../tokens/api-audience.ts';
import { loginGrant } from '../../../tokens/login-grants.ts';
import { NO_SCOPE, STANDARD_SCOPES } from '../../../tokens/profile-claims.ts';
import { type LoginProgress, type UserLogin, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';

/** Gives the login a grant of its own, from which the library issues the code and the tokens. */
export async function grantAuthorization(login: Readonly<LoginProgress>): Promise<StepResult> {
  const { tenant, ctx, request, client, user, organization, session, api, scopes, outcome, transactionId } =
    userLogin(login);
  if (outcome?.kind !== 'continue' || session === undefined)
    throw new Error('The Actions have not let the login pass.');
  const { store, grants } = tenant;
  const { effects } = outcome;
  const { params, resourceServers } = ctx.oidc;
  const grant = ctx.oidc.grant as Grant;
  const result = {
    ...loginGrant(scopes, effects, api),
    loginId: transactionId,
    issuer: tenant.issuer,
    ...(organization === undefined ? {} : { organizationId: organization.id }),
    factors: factorMethods(store, session),
  };
  const standard = result.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope));
  const known = api === undefined ? [] : scopesOf(api, userLogin(login));
  const ofApi = result.scopes.filter((scope) => known.includes(scope));
  grant.addOIDCScope(standard.length === 0 ? NO_SCOPE : standard);
  for (const indicator of Object.keys(resourceServers ?? {})) grant.addResourceScope(indicator, ofApi);
  if (params !== undefined) {
    params.scope = [...new Set([...standard, ...ofApi, ...(standard.length === 0 ? [NO_SCOPE] : [])])].join(' ');
  }
  await grant.save();
  grants.keep(grant, result);
  if (standard.includes('offline_access')) recordRefreshTokenDevice(store, grant.jti, user.user_id, request);
  if (effects.refreshToken !== undefined) {
    applyRefreshTokenChanges(store, grant.jti, user.user_id, effects.refreshToken);
  }
  session.ensureClientContainer(client.client_id);
  session.grantIdFor(client.client_id, grant.jti);
  setCookieMode(session, effects.session?.cookieMode);
  return proceed({ scope: result.scopes.join(' '), ...(api !== undefined && { audience: api.identifier }) });
}

/** Scopes of the API that the token may carry, including those that an Action added. For the Management API, also the console's. */
function scopesOf(api: ResourceServerRecord, { tenant: { store }, client, user }: UserLogin): string[] {
  const ownScopes = scopesForUser(store, api, user.user_id, scopesOnBehalf(store, client, api));
  return [...scopesForUsers(api), ...(api.is_system ? ownScopes : [])];
}

/** Sets whether the session cookie outlives the browser. A non-persistent one ends when the browser closes. */
function setCookieMode(
  session: NonNullable<LoginProgress['session']>,
  mode: 'persistent' | 'non-persistent' | undefined,
) {
  if (mode !== undefined) (session as { transient?: boolean }).transient = mode === 'non-persistent';
}
