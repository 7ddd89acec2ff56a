import { errors } from 'oidc-provider';
import { recordRefreshTokenDevice } from '../../../../sessions/device-store.ts';
import { loginGrant } from '../../../tokens/login-grants.ts';
import { NO_SCOPE, STANDARD_SCOPES } from '../../../tokens/profile-claims.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { wordsOf } from '../../original-request.ts';

/** Stores what this exchange of the refresh token grants, from which the library issues the new tokens. */
export function renewGrant(login: Readonly<LoginProgress>): StepResult {
  const { tenant, ctx, request, user, organizationId, api, scopes, outcome } = userLogin(login);
  const { grant, params } = ctx.oidc;
  if (grant === undefined) return refuse(new errors.InvalidGrant({ detail: 'no refresh token' }));
  if (outcome?.kind !== 'continue') throw new Error('The Actions have not let the login pass.');
  const { factors = [] } = tenant.grants.find(grant.jti) ?? {};
  const result = {
    ...loginGrant(scopes, outcome.effects, api),
    factors,
    ...(organizationId === undefined ? {} : { organizationId }),
  };
  tenant.grants.keep(grant, result);
  recordRefreshTokenDevice(tenant.store, grant.jti, user.user_id, request);
  grant.addOIDCScope(result.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope)));
  if (params !== undefined) params.scope = narrowed(params.scope, result.scopes);
  return proceed();
}

/** The requested scopes that are granted now. The library reads an empty string as "all scopes". */
function narrowed(requested: unknown, scopes: readonly string[]): string {
  const words = wordsOf(typeof requested === 'string' ? requested : undefined);
  const granted = words.length === 0 ? scopes : scopes.filter((scope) => words.includes(scope));
  return granted.length === 0 ? NO_SCOPE : granted.join(' ');
}
