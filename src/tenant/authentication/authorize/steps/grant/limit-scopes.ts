import { scopesForUser, scopesOnBehalf } from '../../../tokens/api-audience.ts';
import { STANDARD_SCOPES } from '../../../tokens/profile-claims.ts';
import { type LoginProgress, type UserLogin, userLogin } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';
import { originalRequest, wordsOf } from '../../original-request.ts';

/** The requested scopes that the application may have for this user. Unknown scopes are dropped silently. */
export function limitScopes(login: Readonly<LoginProgress>): StepResult {
  const { tenant, client, user, api } = userLogin(login);
  const ofApi =
    api === undefined ? [] : scopesForUser(tenant.store, api, user.user_id, scopesOnBehalf(tenant.store, client, api));
  const known = new Set<string>([...STANDARD_SCOPES, ...ofApi]);
  const staysOffline = mayStayOffline(userLogin(login));
  const scopes = scopesSoFar(userLogin(login)).filter(
    (scope) => known.has(scope) && (scope !== 'offline_access' || staysOffline),
  );
  return proceed({ scopes });
}

/** The scopes that the login asks for: those of an earlier login that it continues, or those that the application requests now. */
function scopesSoFar({
  kind,
  tenant,
  ctx,
  continues,
  refreshToken,
  requestedScopes,
  scopes,
}: UserLogin): readonly string[] {
  if (kind === 'refresh')
    return tenant.grants.find(ctx.oidc.grant?.jti)?.baseScopes ?? [...(refreshToken?.scopes ?? [])];
  return kind === 'password' && continues !== undefined ? scopes : requestedScopes;
}

function mayStayOffline({ kind, client, api, ctx }: UserLogin): boolean {
  if (kind === 'refresh') return true;
  const givesCode = kind === 'password' || wordsOf(originalRequest(ctx.oidc.params).response_type).includes('code');
  return givesCode && client.grant_types.includes('refresh_token') && api?.allow_offline_access !== false;
}
