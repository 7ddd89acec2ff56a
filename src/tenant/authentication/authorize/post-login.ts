import { errors, type Grant } from 'oidc-provider';
import type {
  LoginRequest,
  LoginTransaction,
  PostLoginOutcome,
  PostLoginTrigger,
} from '../../actions/run/login-transaction.ts';
import { applyRefreshTokenChanges } from '../../actions/triggers/apply-session-changes.ts';
import { recordRefreshTokenDevice, recordSessionDevice } from '../../sessions/device-store.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { loginProgress, type OidcContext, requestInfo } from '../http/web-context.ts';
import { type FactorStep, pageOf } from '../multifactor/factor-step.ts';
import { factorMethods } from '../multifactor/session-factors.ts';
import { findApi, scopesForUser, scopesForUsers, scopesOnBehalf } from '../tokens/api-audience.ts';
import { type LoginGrants, loginGrant } from '../tokens/login-grants.ts';
import { STANDARD_SCOPES } from '../tokens/profile-claims.ts';
import { MFA_REQUIRED, outcomeOf } from './browserless-outcome.ts';
import { assertLoginAllowed, resolveLogin } from './check-login.ts';
import { timestamp } from './connection-acr.ts';
import type { Login } from './login.ts';
import { loginOfPrimaryUser } from './login-of-primary-user.ts';
import { loginRequest, loginTransaction, newTransactionId, protocolOf } from './login-transactions.ts';
import { originalRequest, wordsOf } from './original-request.ts';
import { recheckSession, recheckUser } from './recheck-login.ts';
import { reportRefusal } from './report-refusal.ts';
import { type SuspendedLogin, suspendedLoginOf } from './suspended-login.ts';

/** Placeholder for a login without scopes: the library issues nothing without a scope. */
export const NO_SCOPE = 'tenant:none';

export interface PostLoginDependencies {
  readonly store: Store;
  readonly trigger: PostLoginTrigger;
  readonly grants: LoginGrants;
  readonly factorStep: FactorStep;
  readonly customDomain?: string | undefined;
}

/** The post-login Actions as a step of an authorization request. */
export interface PostLogin {
  /** Whether the browser must be redirected. Nothing is issued unless this returns false. */
  check(ctx: OidcContext): Promise<boolean>;
  /** The data to store with a login whose browser is redirected. */
  details(ctx: OidcContext): Record<string, unknown> | undefined;
  /** Whether the Actions have allowed exactly this request. */
  isAllowed(ctx: OidcContext): boolean;
  /** Marks the request as the one that resumes a suspended login. */
  markResumed(ctx: { readonly req: object }): void;
}

/**
 * Runs the Actions of a login once, within its authorization request, and applies their effects.
 *
 * @example
 * const postLogin = createPostLogin({ store, trigger, grants });
 * @see Auth0 docs: "Login Flow" (Actions), "Redirect with Actions".
 */
export function createPostLogin(deps: PostLoginDependencies): PostLogin {
  const suspensions = new WeakMap<object, SuspendedLogin>();
  const resumed = new WeakSet<object>();
  const allowed = new WeakSet<object>();

  async function check(ctx: OidcContext): Promise<boolean> {
    const login = resolveLogin(deps.store, ctx);
    loginProgress(ctx).sessionId = login.session.uid;
    const interaction = ctx.oidc.entities.Interaction;
    const suspendedLogin = interaction?.prompt.name === 'post-login' ? suspendedLoginOf(interaction) : undefined;
    if ((suspendedLogin !== undefined) !== resumed.has(ctx.req)) {
      throw new errors.InvalidRequest('The login cannot continue from here. Start again at the application.');
    }

    const transactionId = suspendedLogin?.transactionId ?? newTransactionId();
    return reportRefusal(
      deps.trigger,
      () => transactionOf(ctx, login, transactionId, suspendedLogin),
      () => conclude(ctx, assertLoginAllowed(deps.store, ctx, login), transactionId, suspendedLogin),
    );
  }

  /** Runs or resumes the Actions of a login, and applies their effects. */
  async function conclude(
    ctx: OidcContext,
    login: Login,
    transactionId: string,
    suspendedLogin: SuspendedLogin | undefined,
  ): Promise<boolean> {
    const progress = loginProgress(ctx);
    const interaction = ctx.oidc.entities.Interaction;
    const passed =
      suspendedLogin === undefined ? [] : deps.factorStep.conclude(ctx, login, suspendedLogin, interaction);
    let outcome: PostLoginOutcome;
    if (suspendedLogin === undefined) {
      // Count the login before the Actions run: they see the user's number of logins.
      const user = isSilent(ctx) ? login.user : countLogin(deps.store, ctx, login.user);
      progress.user = user;
      recordSessionDevice(deps.store, login.session.uid, user.user_id, requestInfo(ctx));
      outcome = await outcomeOf(deps.trigger.run(transactionOf(ctx, { ...login, user }, transactionId)));
    } else {
      progress.executions = suspendedLogin.executions;
      const transaction = transactionOf(ctx, login, transactionId, suspendedLogin);
      outcome = await outcomeOf(deps.trigger.resume(transaction, suspendedLogin.suspended));
    }
    for (;;) {
      progress.executions = [...new Set([...progress.executions, ...outcome.executions])];
      const primary = outcome.kind === 'continue' ? outcome.effects.primaryUser : undefined;
      // If an Action ended the session, report the Action's reason, not ours.
      const reason = outcome.kind === 'deny' ? outcome.reason : outcome.kind === 'error' ? outcome.message : undefined;
      await recheckSession(deps.store, login, { ...(reason && { reason }), mayBeLinked: primary !== undefined });
      switch (outcome.kind) {
        case 'continue': {
          const effectiveLogin = primary === undefined ? login : loginOfPrimaryUser(deps, ctx, login, primary);
          recheckUser(deps.store, effectiveLogin);
          setCookieMode(login.session, outcome.effects.session?.cookieMode);
          await grant(ctx, effectiveLogin, outcome);
          allowed.add(ctx.req);
          return false;
        }
        case 'redirect': {
          const { url, suspended } = outcome;
          suspensions.set(ctx.req, { transactionId, url, passed, suspended, executions: progress.executions });
          return true;
        }
        case 'factors': {
          const { asked: requests, suspended } = outcome;
          const status = deps.factorStep.status(ctx, login.user, requests, passed);
          if (status.kind === 'failed') throw new errors.AccessDenied(status.reason);
          if (status.kind === 'ask') {
            // Auth0's own message: its libraries distinguish it from an ended session.
            if (isSilent(ctx)) throw new errors.CustomOIDCProviderError('login_required', MFA_REQUIRED);
            const url = pageOf(status);
            suspensions.set(ctx.req, {
              transactionId,
              url,
              requests,
              passed,
              suspended,
              executions: progress.executions,
            });
            return true;
          }
          // All requests are met already: a factor counts once in a login, and a browser may be remembered.
          outcome = await outcomeOf(deps.trigger.resume(transactionOf(ctx, login, transactionId), suspended));
          break;
        }
        default:
          throw new errors.AccessDenied(outcome.kind === 'deny' ? outcome.reason : outcome.message);
      }
    }
  }

  function transactionOf(ctx: OidcContext, login: Login, id: string, suspended?: SuspendedLogin): LoginTransaction {
    const parameters = originalRequest(ctx.oidc.params);
    const facts = requestInfo(ctx);
    // The query and body of `/continue` are for the Action that redirected the browser.
    const isRedirect = suspended !== undefined && suspended.requests === undefined;
    const request: LoginRequest = isRedirect
      ? loginRequest(facts, facts.query, Object.fromEntries(facts.form))
      : loginRequest({ ...facts, method: 'GET' }, parameters, {});
    const { session } = login;
    return loginTransaction(
      {
        id,
        user: login.user,
        client: login.client,
        connection: login.connection,
        organization: login.organization,
        request,
        protocol: protocolOf(parameters.response_type),
        requestedScopes: wordsOf(parameters.scope),
        authenticationMethods: [
          ...(session.amr ?? []).map((name) => ({ name, timestamp: timestamp(session.loginTs) })),
          ...factorMethods(deps.store, session),
        ],
        resourceServer: apiOf(deps.store, ctx)?.identifier,
        session: { id: session.uid, createdAt: timestamp(session.iat), authenticatedAt: timestamp(session.loginTs) },
        customDomain: deps.customDomain,
      },
      {
        ...parameters,
        ...(typeof ctx.oidc.params?.redirect_uri === 'string' && { redirect_uri: ctx.oidc.params.redirect_uri }),
      },
    );
  }

  async function grant(
    ctx: OidcContext,
    login: Login,
    outcome: Extract<PostLoginOutcome, { kind: 'continue' }>,
  ): Promise<void> {
    const { params, resourceServers } = ctx.oidc;
    const libraryGrant = ctx.oidc.grant as Grant;
    const api = apiOf(deps.store, ctx);
    const loginResult = {
      ...loginGrant(scopesToGrant(deps.store, ctx, login), outcome.effects, api),
      ...(login.organization === undefined ? {} : { organizationId: login.organization.id }),
      factors: factorMethods(deps.store, login.session),
    };
    const standard = loginResult.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope));
    const ofApi = api === undefined ? [] : loginResult.scopes.filter((scope) => scopesOf(api, login).includes(scope));
    const granted = [...new Set([...standard, ...ofApi])];
    libraryGrant.addOIDCScope(standard.length === 0 ? NO_SCOPE : standard);
    for (const indicator of Object.keys(resourceServers ?? {})) libraryGrant.addResourceScope(indicator, ofApi);
    if (params !== undefined) params.scope = [...granted, ...(standard.length === 0 ? [NO_SCOPE] : [])].join(' ');
    await libraryGrant.save();
    deps.grants.keep(libraryGrant, loginResult);
    if (standard.includes('offline_access')) {
      recordRefreshTokenDevice(deps.store, libraryGrant.jti, login.user.user_id, requestInfo(ctx));
    }
    const { refreshToken } = outcome.effects;
    if (refreshToken !== undefined) {
      applyRefreshTokenChanges(deps.store, libraryGrant.jti, login.user.user_id, refreshToken);
    }
    login.session.ensureClientContainer(login.client.client_id);
    login.session.grantIdFor(login.client.client_id, libraryGrant.jti);
    const progress = loginProgress(ctx);
    progress.scope = loginResult.scopes.join(' ');
    if (api !== undefined) progress.audience = api.identifier;
  }

  /** Scopes of the API that the token may carry, including those that an Action added. For the Management API, also the console's. */
  function scopesOf(api: ResourceServerRecord, { client, user }: Login): string[] {
    const ownScopes = scopesForUser(deps.store, api, user.user_id, scopesOnBehalf(deps.store, client, api));
    return [...scopesForUsers(api), ...(api.is_system ? ownScopes : [])];
  }

  return {
    check,
    details: (ctx) => suspensions.get(ctx.req) as unknown as Record<string, unknown> | undefined,
    isAllowed: (ctx) => allowed.has(ctx.req),
    markResumed: (ctx) => void resumed.add(ctx.req),
  };
}

/** Sets whether the session cookie outlives the browser. A non-persistent one ends when the browser closes. */
function setCookieMode(session: Login['session'], mode: 'persistent' | 'non-persistent' | undefined): void {
  if (mode !== undefined) (session as { transient?: boolean }).transient = mode === 'non-persistent';
}

function isSilent(ctx: OidcContext): boolean {
  return ctx.oidc.prompts.has('none');
}

function countLogin(store: Store, ctx: OidcContext, user: UserRecord): UserRecord {
  store.users.recordLogin(user.user_id, new Date().toISOString(), requestInfo(ctx).ip);
  return store.users.find(user.user_id) ?? user;
}

function apiOf(store: Store, ctx: OidcContext) {
  const [indicator] = Object.keys(ctx.oidc.resourceServers ?? {});
  return indicator === undefined ? undefined : findApi(store, indicator);
}

/** The requested scopes that the application may have. Unknown scopes are dropped silently. */
function scopesToGrant(store: Store, ctx: OidcContext, { client, user }: Login): string[] {
  const parameters = originalRequest(ctx.oidc.params);
  const api = apiOf(store, ctx);
  const known = new Set<string>([
    ...STANDARD_SCOPES,
    ...(api === undefined ? [] : scopesForUser(store, api, user.user_id, scopesOnBehalf(store, client, api))),
  ]);
  const mayStayOffline =
    client.grant_types.includes('refresh_token') &&
    wordsOf(parameters.response_type).includes('code') &&
    (api === undefined || api.allow_offline_access);
  return wordsOf(parameters.scope).filter(
    (scope) => known.has(scope) && (scope !== 'offline_access' || mayStayOffline),
  );
}
