import { errors, type RefreshToken } from 'oidc-provider';
import { refreshTokenLimits, secondsLeft } from '../../sessions/session-store.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import { walkLogin } from '../authorize/login-pipeline.ts';
import { loginProgress, userLogin } from '../authorize/login-progress.ts';
import type { OidcContext } from '../http/web-context.ts';
import { USED_AT_ONCE } from '../provider/artifact-adapter.ts';

const UNLIMITED = 10 * 365 * 24 * 60 * 60;

/**
 * Exchanges a refresh token, after the library has checked it and before anything is issued. As on Auth0, the post-login Actions
 * run at every exchange.
 *
 * @returns whether the token shall be rotated.
 * @example
 * new Provider(issuer, { rotateRefreshToken: (ctx) => exchangeRefreshToken(ctx) });
 * @see Auth0 docs: "Refresh Token Rotation", "Configure Refresh Token Expiration".
 */
export async function exchangeRefreshToken(ctx: OidcContext): Promise<boolean> {
  const login = loginProgress(ctx);
  const token = ctx.oidc.refreshToken;
  if (token === undefined) throw new errors.InvalidGrant({ detail: 'no refresh token' });
  login.indicator = typeof token.resource === 'string' ? token.resource : undefined;
  await walkLogin(login, 'refresh');

  const { client, outcome, tenant } = userLogin(login);
  const settings = client.refresh_token;
  if (settings.rotation_type === 'rotating') return true;
  const changes = outcome?.kind === 'continue' ? outcome.effects.refreshToken : undefined;
  const hasNewEnd = changes?.expiresAt !== undefined || changes?.idleExpiresAt !== undefined;
  if (hasNewEnd || (settings.expiration_type === 'expiring' && !settings.infinite_idle_token_lifetime)) {
    const seconds = refreshTokenLifetime(tenant.store, client, token.iiat, token.grantId);
    token.exp = Math.floor(Date.now() / 1000) + seconds;
    await token.save();
  }
  return false;
}

/**
 * Seconds that a refresh token may live. It depends on when the first token of its family was issued, and on the end that an
 * Action may have set for the tokens of the grant.
 *
 * @example
 * refreshTokenLifetime(store, client, token.iiat, token.grantId);
 */
export function refreshTokenLifetime(
  store: Store,
  client: ClientRecord,
  familySince: number | undefined,
  grantId: string | undefined,
): number {
  const seconds = lifetime(client, familySince);
  const limit = grantId === undefined ? undefined : secondsLeft(refreshTokenLimits(store, grantId));
  return limit === undefined ? seconds : Math.max(1, Math.min(seconds, limit));
}

/** How the library and the tenant's adapter name the reuse of a rotated token. */
const REUSE: readonly (string | undefined)[] = ['refresh token already used', USED_AT_ONCE];

/**
 * The refresh token of a failed exchange, if the exchange failed because the token was used before.
 *
 * @example
 * const reused = reusedRefreshToken(ctx);
 * @see Auth0 docs: "Refresh Token Rotation", automatic reuse detection.
 */
export function reusedRefreshToken(ctx: OidcContext): RefreshToken | undefined {
  const { failure } = loginProgress(ctx);
  const isReuse = failure instanceof errors.InvalidGrant && REUSE.includes(failure.error_detail);
  return isReuse ? ctx.oidc.entities.RefreshToken : undefined;
}

function lifetime(client: ClientRecord, familySince: number | undefined): number {
  const settings = client.refresh_token;
  if (settings.expiration_type !== 'expiring') return UNLIMITED;
  const now = Math.floor(Date.now() / 1000);
  const absolute = settings.infinite_token_lifetime ? UNLIMITED : (familySince ?? now) + settings.token_lifetime - now;
  const idle = settings.infinite_idle_token_lifetime ? UNLIMITED : settings.idle_token_lifetime;
  return Math.max(1, Math.floor(Math.min(absolute, idle)));
}
