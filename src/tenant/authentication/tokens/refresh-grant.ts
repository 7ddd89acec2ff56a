import { createHash } from 'node:crypto';
import { errors, type RefreshToken } from 'oidc-provider';
import type { PostLoginTrigger } from '../../actions/run/login-transaction.ts';
import { recordRefreshTokenDevice } from '../../sessions/device-store.ts';
import { refreshTokenLimits, secondsLeft } from '../../sessions/session-store.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import { outcomeWithoutBrowser } from '../authorize/browserless-outcome.ts';
import { connectionOfAcr, timestamp } from '../authorize/connection-acr.ts';
import { loginRequest, loginTransaction, newTransactionId } from '../authorize/login-transactions.ts';
import { notAMember } from '../authorize/organization.ts';
import { wordsOf } from '../authorize/original-request.ts';
import { NO_SCOPE } from '../authorize/post-login.ts';
import { reportRefusal } from '../authorize/report-refusal.ts';
import { loginProgress, type OidcContext, requestInfo } from '../http/web-context.ts';
import { USED_AT_ONCE } from '../provider/artifact-adapter.ts';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { authorizeClient } from './access-policy.ts';
import { findApi, scopesForUser, scopesOnBehalf } from './api-audience.ts';
import { type LoginGrants, loginGrant } from './login-grants.ts';
import { STANDARD_SCOPES } from './profile-claims.ts';

const UNLIMITED = 10 * 365 * 24 * 60 * 60;

export interface RefreshGrantDependencies {
  readonly store: Store;
  readonly trigger: PostLoginTrigger;
  readonly grants: LoginGrants;
  readonly customDomain?: string | undefined;
}

export interface RefreshGrant {
  /** Seconds that a refresh token may live. It depends on when the first token of its family was issued. */
  lifetime(client: ClientRecord, familySince: number | undefined, grantId?: string): number;
  /**
   * Runs the Actions of an exchange, after the token has been checked and before anything is issued. Returns whether the
   * token shall be rotated.
   */
  runActions(ctx: OidcContext): Promise<boolean>;
}

/**
 * The exchange of a refresh token. As on Auth0, the post-login Actions run at every exchange.
 *
 * @example
 * new Provider(issuer, { rotateRefreshToken: (ctx) => refreshGrant.runActions(ctx) });
 * @see Auth0 docs: "Refresh Token Rotation", "Configure Refresh Token Expiration".
 */
export function createRefreshGrant(deps: RefreshGrantDependencies): RefreshGrant {
  return {
    lifetime: (client, familySince, grantId) => limitedLifetime(deps.store, lifetime(client, familySince), grantId),
    async runActions(ctx) {
      const token = ctx.oidc.refreshToken;
      const grant = ctx.oidc.grant;
      const client = clientRecordOf(ctx.oidc.client);
      if (token === undefined || grant === undefined) throw new errors.InvalidGrant({ detail: 'no refresh token' });
      const api = apiOf(deps.store, token);
      // Actions must not run for a token that cannot be issued.
      if (api !== undefined) authorizeClient(deps.store, client, api, 'user');
      const before = deps.grants.find(grant.jti);
      const { organizationId, factors = [] } = before ?? {};
      const organization = organizationId === undefined ? undefined : deps.store.organizations.find(organizationId);
      const base = transactionOf(deps, ctx, token, client);
      const authenticationMethods = [...base.authenticationMethods, ...factors];
      const transaction = { ...base, authenticationMethods, ...(organization && { organization }) };
      const outcome = await reportRefusal(
        deps.trigger,
        () => transaction,
        async () => {
          assertMember(deps.store, organizationId, token.accountId);
          const passed = await outcomeWithoutBrowser(deps.trigger.run(transaction), (executions) => {
            loginProgress(ctx).executions = executions;
          });
          // The user may have changed while the Actions ran.
          const user = deps.store.users.find(token.accountId);
          if (user === undefined) throw new errors.InvalidGrant({ detail: 'the user is gone' });
          if (user.blocked === true) throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
          assertMember(deps.store, organizationId, user.user_id);
          return passed;
        },
      );

      const renewed = loginGrant(
        permittedScopes(deps.store, client, token, before?.baseScopes ?? [...token.scopes]),
        outcome.effects,
        api,
      );
      const result = { ...renewed, factors, ...(organizationId === undefined ? {} : { organizationId }) };
      deps.grants.keep(grant, result);
      recordRefreshTokenDevice(deps.store, grant.jti, token.accountId, requestInfo(ctx));
      grant.addOIDCScope(result.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope)));
      narrowScope(ctx, result.scopes);

      const settings = client.refresh_token;
      if (settings.rotation_type === 'rotating') return true;
      const changes = outcome.effects.refreshToken;
      const hasNewEnd = changes?.expiresAt !== undefined || changes?.idleExpiresAt !== undefined;
      if (hasNewEnd || (settings.expiration_type === 'expiring' && !settings.infinite_idle_token_lifetime)) {
        token.exp =
          Math.floor(Date.now() / 1000) + limitedLifetime(deps.store, lifetime(client, token.iiat), token.grantId);
        await token.save();
      }
      return false;
    },
  };
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

/** Refuses a user who is no longer a member of the login's organization. */
function assertMember(store: Store, organizationId: string | undefined, userId: string): void {
  if (organizationId === undefined || store.organizations.isMember(organizationId, userId)) return;
  throw notAMember(userId, organizationId);
}

function apiOf(store: Store, token: RefreshToken) {
  return typeof token.resource === 'string' ? findApi(store, token.resource) : undefined;
}

/** The scopes that the user still has: the user may have lost a role, and its scopes with it. */
function permittedScopes(store: Store, client: ClientRecord, token: RefreshToken, scopes: readonly string[]): string[] {
  const api = apiOf(store, token);
  const permitted = new Set<string>(STANDARD_SCOPES);
  const ofApi = api === undefined ? [] : scopesForUser(store, api, token.accountId, scopesOnBehalf(store, client, api));
  for (const scope of ofApi) permitted.add(scope);
  return scopes.filter((scope) => permitted.has(scope));
}

/** Narrows the `scope` parameter to the requested scopes that are granted now. */
function narrowScope(ctx: OidcContext, scopes: readonly string[]): void {
  const { params } = ctx.oidc;
  if (params === undefined) return;
  const requested = wordsOf(typeof params.scope === 'string' ? params.scope : undefined);
  const granted = requested.length === 0 ? scopes : scopes.filter((scope) => requested.includes(scope));
  // The library reads an empty string as "all scopes".
  params.scope = granted.length === 0 ? NO_SCOPE : granted.join(' ');
}

function lifetime(client: ClientRecord, familySince: number | undefined): number {
  const settings = client.refresh_token;
  if (settings.expiration_type !== 'expiring') return UNLIMITED;
  const now = Math.floor(Date.now() / 1000);
  const absolute = settings.infinite_token_lifetime ? UNLIMITED : (familySince ?? now) + settings.token_lifetime - now;
  const idle = settings.infinite_idle_token_lifetime ? UNLIMITED : settings.idle_token_lifetime;
  return Math.max(1, Math.floor(Math.min(absolute, idle)));
}

/** The lifetime, limited by the end that an Action may have set for the tokens of the grant. */
function limitedLifetime(store: Store, seconds: number, grantId: string | undefined): number {
  const limit = grantId === undefined ? undefined : secondsLeft(refreshTokenLimits(store, grantId));
  return limit === undefined ? seconds : Math.max(1, Math.min(seconds, limit));
}

function transactionOf(deps: RefreshGrantDependencies, ctx: OidcContext, token: RefreshToken, client: ClientRecord) {
  const { store } = deps;
  const progress = loginProgress(ctx);
  const facts = requestInfo(ctx);
  const user = store.users.find(token.accountId);
  const connectionId = connectionOfAcr(token.acr);
  const connection = connectionId === undefined ? undefined : store.connections.find(connectionId);
  if (user === undefined || connection === undefined) throw new errors.InvalidGrant({ detail: 'the user is gone' });
  progress.user = user;
  progress.connection = connection;
  const api = apiOf(store, token);
  const session = token.sessionUid === undefined ? undefined : store.artifacts.findByUid('Session', token.sessionUid);
  const scope = ctx.oidc.params?.scope;
  return loginTransaction(
    {
      id: newTransactionId(),
      user,
      client,
      connection,
      request: loginRequest(facts, facts.query, Object.fromEntries(facts.form)),
      protocol: 'oauth2-refresh-token',
      requestedScopes: typeof scope === 'string' ? wordsOf(scope) : [...token.scopes],
      authenticationMethods: (token.amr ?? []).map((name) => ({ name, timestamp: timestamp(token.authTime) })),
      resourceServer: api?.identifier,
      ...(token.sessionUid === undefined || session === undefined
        ? {}
        : {
            session: {
              id: token.sessionUid,
              createdAt: timestamp(Number(session.iat)),
              authenticatedAt: timestamp(token.authTime),
            },
          }),
      refreshToken: {
        // A digest, not the token itself, which every reader of the event could use.
        id: createHash('sha256').update(token.jti).digest('base64url').slice(0, 22),
        createdAt: timestamp(token.iiat),
        ...(client.refresh_token.expiration_type === 'expiring' ? { expiresAt: timestamp(token.exp) } : {}),
      },
      customDomain: deps.customDomain,
    },
    {},
  );
}
