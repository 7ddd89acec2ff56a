import { createHash } from 'node:crypto';
import { errors, type RefreshToken } from 'oidc-provider';
import type { PostLoginTrigger } from '../../actions/run/login-transaction.ts';
import { noteRefreshTokenDevice } from '../../sessions/device-store.ts';
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
import { clientRecordOf } from '../provider/tenant-client.ts';
import { admitClient } from './access-policy.ts';
import { findApi, scopesForUser, scopesOnBehalf } from './api-audience.ts';
import { type LoginGrants, loginGrant } from './login-grants.ts';
import { STANDARD_SCOPES } from './profile-claims.ts';

const FOR_EVER = 10 * 365 * 24 * 60 * 60;

export interface RefreshGrantDependencies {
  readonly store: Store;
  readonly trigger: PostLoginTrigger;
  readonly grants: LoginGrants;
  readonly customDomain?: string | undefined;
}

export interface RefreshGrant {
  /** Seconds that a refresh token may live, given when the first of its family was issued. */
  lifetime(client: ClientRecord, familySince: number | undefined, grantId?: string): number;
  /**
   * Runs the Actions of an exchange, when the token has been found good and before anything is made of it, and
   * answers whether the token is to be rotated.
   */
  proceed(ctx: OidcContext): Promise<boolean>;
}

/**
 * The exchange of a refresh token as Auth0 has it: the post-login Actions run at every one of them.
 *
 * @example
 * new Provider(issuer, { rotateRefreshToken: (ctx) => refreshGrant.proceed(ctx) });
 * @see Auth0 docs: "Refresh Token Rotation", "Configure Refresh Token Expiration".
 */
export function createRefreshGrant(deps: RefreshGrantDependencies): RefreshGrant {
  return {
    lifetime: (client, familySince, grantId) => limited(deps.store, lifetime(client, familySince), grantId),
    async proceed(ctx) {
      const token = ctx.oidc.refreshToken;
      const grant = ctx.oidc.grant;
      const client = clientRecordOf(ctx.oidc.client);
      if (token === undefined || grant === undefined) throw new errors.InvalidGrant({ detail: 'no refresh token' });
      const api = apiOf(deps.store, token);
      // No Action is to act on a token that cannot be given.
      if (api !== undefined) admitClient(deps.store, client, api, 'user');
      const before = deps.grants.find(grant.jti);
      const { organizationId, factors = [] } = before ?? {};
      const organization = organizationId === undefined ? undefined : deps.store.organizations.find(organizationId);
      const plain = transactionOf(deps, ctx, token, client);
      const authenticationMethods = [...plain.authenticationMethods, ...factors];
      const transaction = { ...plain, authenticationMethods, ...(organization && { organization }) };
      const outcome = await reportRefusal(
        deps.trigger,
        () => transaction,
        async () => {
          stillMember(deps.store, organizationId, token.accountId);
          const passed = await outcomeWithoutBrowser(deps.trigger.run(transaction), (executions) => {
            loginProgress(ctx).executions = executions;
          });
          // The Actions took their time.
          const user = deps.store.users.find(token.accountId);
          if (user === undefined) throw new errors.InvalidGrant({ detail: 'the user is gone' });
          if (user.blocked === true) throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
          stillMember(deps.store, organizationId, user.user_id);
          return passed;
        },
      );

      const renewed = loginGrant(
        stillPermitted(deps.store, client, token, before?.baseScopes ?? [...token.scopes]),
        outcome.effects,
        api,
      );
      const given = { ...renewed, factors, ...(organizationId === undefined ? {} : { organizationId }) };
      deps.grants.keep(grant, given);
      noteRefreshTokenDevice(deps.store, grant.jti, token.accountId, requestInfo(ctx));
      grant.addOIDCScope(given.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope)));
      narrow(ctx, given.scopes);

      const settings = client.refresh_token;
      if (settings.rotation_type === 'rotating') return true;
      const shortened = outcome.effects.refreshToken;
      const ends = shortened?.expiresAt !== undefined || shortened?.idleExpiresAt !== undefined;
      if (ends || (settings.expiration_type === 'expiring' && !settings.infinite_idle_token_lifetime)) {
        token.exp = Math.floor(Date.now() / 1000) + limited(deps.store, lifetime(client, token.iiat), token.grantId);
        await token.save();
      }
      return false;
    },
  };
}

/** Somebody who was taken out of the organization since gets nothing more of it. */
function stillMember(store: Store, organizationId: string | undefined, userId: string): void {
  if (organizationId === undefined || store.organizations.isMember(organizationId, userId)) return;
  throw notAMember(userId, organizationId);
}

function apiOf(store: Store, token: RefreshToken) {
  return typeof token.resource === 'string' ? findApi(store, token.resource) : undefined;
}

/** A role that was taken away since takes its scopes along. */
function stillPermitted(store: Store, client: ClientRecord, token: RefreshToken, scopes: readonly string[]): string[] {
  const api = apiOf(store, token);
  const permitted = new Set<string>(STANDARD_SCOPES);
  const ofApi = api === undefined ? [] : scopesForUser(store, api, token.accountId, scopesOnBehalf(store, client, api));
  for (const scope of ofApi) permitted.add(scope);
  return scopes.filter((scope) => permitted.has(scope));
}

/** What was asked for, of what is granted now. */
function narrow(ctx: OidcContext, scopes: readonly string[]): void {
  const { params } = ctx.oidc;
  if (params === undefined) return;
  const asked = wordsOf(typeof params.scope === 'string' ? params.scope : undefined);
  const given = asked.length === 0 ? scopes : scopes.filter((scope) => asked.includes(scope));
  // The library takes an empty string for "all of them".
  params.scope = given.length === 0 ? NO_SCOPE : given.join(' ');
}

function lifetime(client: ClientRecord, familySince: number | undefined): number {
  const settings = client.refresh_token;
  if (settings.expiration_type !== 'expiring') return FOR_EVER;
  const now = Math.floor(Date.now() / 1000);
  const left = settings.infinite_token_lifetime ? FOR_EVER : (familySince ?? now) + settings.token_lifetime - now;
  const idle = settings.infinite_idle_token_lifetime ? FOR_EVER : settings.idle_token_lifetime;
  return Math.max(1, Math.floor(Math.min(left, idle)));
}

/** An Action may have said when the tokens of the grant end. */
function limited(store: Store, seconds: number, grantId: string | undefined): number {
  const left = grantId === undefined ? undefined : secondsLeft(refreshTokenLimits(store, grantId));
  return left === undefined ? seconds : Math.max(1, Math.min(seconds, left));
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
  const asked = ctx.oidc.params?.scope;
  return loginTransaction(
    {
      id: newTransactionId(),
      user,
      client,
      connection,
      request: loginRequest(facts, facts.query, Object.fromEntries(facts.form)),
      protocol: 'oauth2-refresh-token',
      requestedScopes: typeof asked === 'string' ? wordsOf(asked) : [...token.scopes],
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
        // Not the token itself: whoever has that can use it.
        id: createHash('sha256').update(token.jti).digest('base64url').slice(0, 22),
        createdAt: timestamp(token.iiat),
        ...(client.refresh_token.expiration_type === 'expiring' ? { expiresAt: timestamp(token.exp) } : {}),
      },
      customDomain: deps.customDomain,
    },
    {},
  );
}
