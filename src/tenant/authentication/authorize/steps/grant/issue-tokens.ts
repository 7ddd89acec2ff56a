import { errors, type ResourceServerInstance } from 'oidc-provider';
import { applyRefreshTokenChanges } from '../../../../actions/triggers/apply-session-changes.ts';
import { recordRefreshTokenDevice } from '../../../../sessions/device-store.ts';
import { tenantAccount } from '../../../provider/custom-claims.ts';
import { libraryResource, scopesForUsers } from '../../../tokens/api-audience.ts';
import { loginGrant } from '../../../tokens/login-grants.ts';
import { NO_SCOPE, STANDARD_SCOPES } from '../../../tokens/profile-claims.ts';
import { acrOf } from '../../connection-acr.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';
import { factorMethodsOf } from '../../login-transactions.ts';

/** Issues the tokens of a password login, with a grant of its own. */
export async function issueTokens(login: Readonly<LoginProgress>): Promise<StepResult> {
  const { tenant, ctx, request, user, connection, api, indicator, scopes, passed, authTime, outcome } =
    userLogin(login);
  if (outcome?.kind !== 'continue') throw new Error('The Actions have not let the login pass.');
  const { store, grants } = tenant;
  const { client, params, provider } = ctx.oidc;
  if (client === undefined || params === undefined) throw new errors.InvalidRequest('The request has no application.');
  const { effects } = outcome;
  const accountId = user.user_id;
  const result = { ...loginGrant(scopes, effects, api), factors: factorMethodsOf(passed) };
  const standard = result.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope));
  const ofApi = api === undefined ? [] : result.scopes.filter((scope) => scopesForUsers(api).includes(scope));
  params.scope = result.scopes.length === 0 ? NO_SCOPE : result.scopes.join(' ');

  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(standard.length === 0 ? NO_SCOPE : standard);
  let resourceServer: ResourceServerInstance | undefined;
  if (api !== undefined && indicator !== undefined) {
    grant.addResourceScope(indicator, ofApi);
    resourceServer = new provider.ResourceServer(indicator, libraryResource(api, scopesForUsers(api), false));
    Object.assign(ctx.oidc.resourceServers ?? {}, { [indicator]: resourceServer });
  }
  const grantId = await grant.save();
  grants.keep(grant, result);
  if (effects.refreshToken !== undefined) applyRefreshTokenChanges(store, grantId, accountId, effects.refreshToken);
  ctx.oidc.entity('Grant', grant);
  ctx.oidc.entity('Account', tenantAccount(store, grants, ctx, accountId));

  const token = new provider.AccessToken({
    accountId,
    client,
    grantId,
    gty: 'password',
    scope: resourceServer === undefined ? standard.join(' ') || NO_SCOPE : ofApi.join(' '),
    ...(resourceServer === undefined ? {} : { resourceServer }),
  });
  ctx.oidc.entity('AccessToken', token);
  const access_token = await token.save();
  const body: Record<string, unknown> = { access_token, expires_in: token.expiration, token_type: 'Bearer' };
  if (standard.includes('offline_access')) {
    recordRefreshTokenDevice(store, grantId, accountId, request);
    const refreshToken = new provider.RefreshToken({
      accountId,
      client,
      grantId,
      gty: 'password',
      scope: result.scopes.join(' '),
      acr: acrOf(connection.id),
      amr: ['pwd'],
      ...(authTime !== undefined && { authTime }),
      ...(indicator !== undefined && { resource: indicator }),
    });
    body.refresh_token = await refreshToken.save();
  }
  if (standard.includes('openid')) {
    const claims = await ctx.oidc.account?.claims('id_token', standard.join(' '), {}, []);
    const idToken = new provider.IdToken({ ...claims, sub: accountId }, { ctx });
    Object.assign(idToken, { scope: standard.join(' ') });
    body.id_token = await idToken.issue({ use: 'idtoken' });
  }
  ctx.body = body;
  return proceed();
}
