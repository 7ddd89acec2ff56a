import { errors, type Grant } from 'oidc-provider';
import type {
  LoginRequest,
  LoginTransaction,
  PostLoginOutcome,
  PostLoginTrigger,
} from '../../actions/run/login-transaction.ts';
import { applyRefreshTokenChanges } from '../../actions/triggers/apply-session-changes.ts';
import { noteRefreshTokenDevice, noteSessionDevice } from '../../sessions/device-store.ts';
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

/** Stands in for a scope where a login asks for none: the library issues nothing for nothing. */
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
  /** Whether the browser has to be sent elsewhere. Nothing is issued unless it answers false. */
  check(ctx: OidcContext): Promise<boolean>;
  /** What is to be kept where the browser is sent elsewhere. */
  details(ctx: OidcContext): Record<string, unknown> | undefined;
  /** Whether the Actions have let exactly this request through. */
  letThrough(ctx: OidcContext): boolean;
  /** Marks the request as the one that goes on with a suspended login. */
  continueIn(ctx: { readonly req: object }): void;
}

/**
 * Runs the Actions of a login within its authorization request, once, and does what they want done.
 *
 * @example
 * const postLogin = createPostLogin({ store, trigger, grants });
 * @see Auth0 docs: "Login Flow" (Actions), "Redirect with Actions".
 */
export function createPostLogin(deps: PostLoginDependencies): PostLogin {
  const suspensions = new WeakMap<object, SuspendedLogin>();
  const continuing = new WeakSet<object>();
  const letIn = new WeakSet<object>();

  async function check(ctx: OidcContext): Promise<boolean> {
    const someone = resolveLogin(deps.store, ctx);
    loginProgress(ctx).sessionId = someone.session.uid;
    const interaction = ctx.oidc.entities.Interaction;
    const suspendedLogin = interaction?.prompt.name === 'post-login' ? suspendedLoginOf(interaction) : undefined;
    if ((suspendedLogin !== undefined) !== continuing.has(ctx.req)) {
      throw new errors.InvalidRequest('The login cannot go on from here. Start again at the application.');
    }

    const transactionId = suspendedLogin?.transactionId ?? newTransactionId();
    return reportRefusal(
      deps.trigger,
      () => transactionOf(ctx, someone, transactionId, suspendedLogin),
      () => conclude(ctx, assertLoginAllowed(deps.store, ctx, someone), transactionId, suspendedLogin),
    );
  }

  /** Runs the Actions of a login, or goes on with them, and does what they want done. */
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
      // Before the Actions: they are told which login of this user it is.
      const user = isSilent(ctx) ? login.user : countLogin(deps.store, ctx, login.user);
      progress.user = user;
      noteSessionDevice(deps.store, login.session.uid, user.user_id, requestInfo(ctx));
      outcome = await outcomeOf(deps.trigger.run(transactionOf(ctx, { ...login, user }, transactionId)));
    } else {
      progress.executions = suspendedLogin.executions;
      const transaction = transactionOf(ctx, login, transactionId, suspendedLogin);
      outcome = await outcomeOf(deps.trigger.resume(transaction, suspendedLogin.suspended));
    }
    for (;;) {
      progress.executions = [...new Set([...progress.executions, ...outcome.executions])];
      const primary = outcome.kind === 'continue' ? outcome.effects.primaryUser : undefined;
      // Whom an Action signed out is told what the Action says.
      const reason = outcome.kind === 'deny' ? outcome.reason : outcome.kind === 'error' ? outcome.message : undefined;
      await recheckSession(deps.store, login, { ...(reason && { reason }), mayBeLinked: primary !== undefined });
      switch (outcome.kind) {
        case 'continue': {
          const theirs = primary === undefined ? login : loginOfPrimaryUser(deps, ctx, login, primary);
          recheckUser(deps.store, theirs);
          setCookieMode(login.session, outcome.effects.session?.cookieMode);
          await grant(ctx, theirs, outcome);
          letIn.add(ctx.req);
          return false;
        }
        case 'redirect': {
          const { url, suspended } = outcome;
          suspensions.set(ctx.req, { transactionId, url, passed, suspended, executions: progress.executions });
          return true;
        }
        case 'factors': {
          const { asked, suspended } = outcome;
          const standing = deps.factorStep.standing(ctx, login.user, asked, passed);
          if (standing.kind === 'failed') throw new errors.AccessDenied(standing.reason);
          if (standing.kind === 'ask') {
            // In the words of Auth0, by which its libraries know it from a login that is over.
            if (isSilent(ctx)) throw new errors.CustomOIDCProviderError('login_required', MFA_REQUIRED);
            const url = pageOf(standing);
            suspensions.set(ctx.req, { transactionId, url, asked, passed, suspended, executions: progress.executions });
            return true;
          }
          // Everything was met before: a factor counts once in a login, and a browser may be remembered.
          outcome = await outcomeOf(deps.trigger.resume(transactionOf(ctx, login, transactionId), suspended));
          break;
        }
        default:
          throw new errors.AccessDenied(outcome.kind === 'deny' ? outcome.reason : outcome.message);
      }
    }
  }

  function transactionOf(ctx: OidcContext, login: Login, id: string, suspended?: SuspendedLogin): LoginTransaction {
    const asked = originalRequest(ctx.oidc.params);
    const facts = requestInfo(ctx);
    // What came with the way back is for the Action that sent the browser there.
    const isRedirect = suspended !== undefined && suspended.asked === undefined;
    const request: LoginRequest = isRedirect
      ? loginRequest(facts, facts.query, Object.fromEntries(facts.form))
      : loginRequest({ ...facts, method: 'GET' }, asked, {});
    const { session } = login;
    return loginTransaction(
      {
        id,
        user: login.user,
        client: login.client,
        connection: login.connection,
        organization: login.organization,
        request,
        protocol: protocolOf(asked.response_type),
        requestedScopes: wordsOf(asked.scope),
        authenticationMethods: [
          ...(session.amr ?? []).map((name) => ({ name, timestamp: timestamp(session.loginTs) })),
          ...factorMethods(deps.store, session),
        ],
        resourceServer: apiOf(deps.store, ctx)?.identifier,
        session: { id: session.uid, createdAt: timestamp(session.iat), authenticatedAt: timestamp(session.loginTs) },
        customDomain: deps.customDomain,
      },
      {
        ...asked,
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
    const given = {
      ...loginGrant(scopesToGrant(deps.store, ctx, login), outcome.effects, api),
      ...(login.organization === undefined ? {} : { organizationId: login.organization.id }),
      factors: factorMethods(deps.store, login.session),
    };
    const standard = given.scopes.filter((scope) => (STANDARD_SCOPES as readonly string[]).includes(scope));
    const ofApi = api === undefined ? [] : given.scopes.filter((scope) => scopesOf(api, login).includes(scope));
    const granted = [...new Set([...standard, ...ofApi])];
    libraryGrant.addOIDCScope(standard.length === 0 ? NO_SCOPE : standard);
    for (const indicator of Object.keys(resourceServers ?? {})) libraryGrant.addResourceScope(indicator, ofApi);
    if (params !== undefined) params.scope = [...granted, ...(standard.length === 0 ? [NO_SCOPE] : [])].join(' ');
    await libraryGrant.save();
    deps.grants.keep(libraryGrant, given);
    if (standard.includes('offline_access')) {
      noteRefreshTokenDevice(deps.store, libraryGrant.jti, login.user.user_id, requestInfo(ctx));
    }
    const { refreshToken } = outcome.effects;
    if (refreshToken !== undefined) {
      applyRefreshTokenChanges(deps.store, libraryGrant.jti, login.user.user_id, refreshToken);
    }
    login.session.ensureClientContainer(login.client.client_id);
    login.session.grantIdFor(login.client.client_id, libraryGrant.jti);
    const progress = loginProgress(ctx);
    progress.scope = given.scopes.join(' ');
    if (api !== undefined) progress.audience = api.identifier;
  }

  /** Those that an Action may have added as well; of the Management API the console's too. */
  function scopesOf(api: ResourceServerRecord, { client, user }: Login): string[] {
    const asked = scopesForUser(deps.store, api, user.user_id, scopesOnBehalf(deps.store, client, api));
    return [...scopesForUsers(api), ...(api.is_system ? asked : [])];
  }

  return {
    check,
    details: (ctx) => suspensions.get(ctx.req) as unknown as Record<string, unknown> | undefined,
    letThrough: (ctx) => letIn.has(ctx.req),
    continueIn: (ctx) => void continuing.add(ctx.req),
  };
}

/** A cookie of a browser's session lives no longer than the browser runs. */
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

/** What the application asked for and may have; what the tenant does not know is left out without a word. */
function scopesToGrant(store: Store, ctx: OidcContext, { client, user }: Login): string[] {
  const asked = originalRequest(ctx.oidc.params);
  const api = apiOf(store, ctx);
  const known = new Set<string>([
    ...STANDARD_SCOPES,
    ...(api === undefined ? [] : scopesForUser(store, api, user.user_id, scopesOnBehalf(store, client, api))),
  ]);
  const mayStayOffline =
    client.grant_types.includes('refresh_token') &&
    wordsOf(asked.response_type).includes('code') &&
    (api === undefined || api.allow_offline_access);
  return wordsOf(asked.scope).filter((scope) => known.has(scope) && (scope !== 'offline_access' || mayStayOffline));
}
