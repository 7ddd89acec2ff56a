import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JWTPayload } from 'jose';
import type Provider from 'oidc-provider';
import type { SideTriggers } from '../actions/triggers/side-triggers.ts';
import type { TenantLog } from '../logs/tenant-log.ts';
import type { Artifact } from '../store/records/tokens/artifact-repository.ts';
import type { Store } from '../store/store.ts';
import { answerPreflight } from './accounts/database-connections/database-request.ts';
import { answerSignUp } from './accounts/database-connections/database-sign-up.ts';
import { answerPasswordChange } from './accounts/database-connections/password-change.ts';
import { showVerification } from './accounts/email-verification/verify-email.ts';
import type { ResetPages } from './accounts/password-reset/reset-pages.ts';
import { type RedeemTicket, redeemTicket, ticketPath } from './accounts/sign-in-ticket.ts';
import { downloadUserExport, userExportPath } from './accounts/user-export-download.ts';
import type { LoginPages } from './authorize/login-pages.ts';
import { loginProgress, requestInfo } from './authorize/login-progress.ts';
import { chooseOrganization, resumeWithOrganization } from './authorize/organizations/choose-organization.ts';
import { originalRequest, wordsOf } from './authorize/original-request.ts';
import type { CookieAttributes, PendingLogin, PendingLogins } from './authorize/pending-logins.ts';
import { continueLogin, resumeLogin } from './authorize/resume-login.ts';
import { frontPageContent } from './front-page-content.ts';
import { logAuthorization, logExchange, logReuse, logRevocation } from './http/login-log.ts';
import { showError, showPage } from './http/page-responses.ts';
import type { OidcContext, WebContext } from './http/web-context.ts';
import type { LogoutRoutes } from './logout/logout-routes.ts';
import { FACTOR_PAGES } from './multifactor/factor-addresses.ts';
import type { FactorPages } from './multifactor/factor-pages.ts';
import { authenticationSettings } from './provider/authentication-settings.ts';
import { INTERNAL_COOKIES } from './provider/openid-provider.ts';
import { clientRecordOf } from './provider/tenant-client.ts';
import type { LoginGrants } from './tokens/login-grants.ts';
import { isMfaGrant } from './tokens/mfa-grants.ts';
import { reusedRefreshToken } from './tokens/refresh-grant.ts';
import { applyAuth0Response, exchangeLogType, tokenError } from './tokens/token-response.ts';
import { answerUserinfo } from './tokens/userinfo.ts';
import { pageStylesheet, withLook } from './universal-login/page-look.ts';
import { frontPage } from './universal-login/pages/front-page.ts';
import { stylesheetPath } from './universal-login/pages/universal-login-stylesheet.ts';

export interface EndpointsDependencies {
  readonly sideTriggers?: SideTriggers | undefined;
  readonly issuer: string;
  readonly store: Store;
  readonly log: TenantLog;
  readonly provider: Provider;
  readonly pending: PendingLogins;
  readonly grants: LoginGrants;
  readonly verify: (token: string, audience: readonly string[]) => Promise<JWTPayload>;
  readonly cookie: CookieAttributes;
  readonly redeemTicket: RedeemTicket | undefined;
  readonly pages: LoginPages;
  readonly factors: FactorPages;
  readonly resets: ResetPages;
  readonly logout: LogoutRoutes;
  /** Every domain of the tenant, with trailing slashes. */
  readonly issuers: () => readonly string[];
}

export interface Endpoints {
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

type Next = () => Promise<void>;
type Endpoint = (ctx: WebContext, next: Next) => Promise<void>;

/**
 * The paths of the Authentication API, and no others. The library sees only requests that the tenant passes to it.
 *
 * @example
 * const endpoints = createEndpoints(deps);
 * await endpoints.answer(request, response);
 */
export function createEndpoints(deps: EndpointsDependencies): Endpoints {
  const { provider, pages, factors, resets, logout } = deps;
  const routes: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
    '/': { GET: async (ctx) => showPage(ctx, frontPage(frontPageContent(deps.store, deps.issuer, deps.issuers()))) },
    '/authorize': { GET: authorize, POST: authorize },
    '/authorize/resume': {
      GET: async (ctx, next) => {
        await authorize(ctx, async () => ((await resumeFromPage(ctx)) ? next() : undefined));
      },
    },
    '/continue': getAndPost(async (ctx, next) => {
      await authorize(ctx, async () => ((await continueLogin(deps, ctx)) ? next() : undefined));
    }),
    '/u/login': getAndPost((ctx) => pages.login(ctx, 'whole')),
    '/u/login/identifier': getAndPost((ctx) => pages.login(ctx, 'identifier')),
    '/u/login/password': getAndPost((ctx) => pages.login(ctx, 'password')),
    '/u/organization': getAndPost((ctx) => chooseOrganization(deps, ctx)),
    '/u/signup': getAndPost((ctx) => pages.signUp(ctx, 'whole')),
    '/u/signup/identifier': getAndPost((ctx) => pages.signUp(ctx, 'identifier')),
    '/u/signup/password': getAndPost((ctx) => pages.signUp(ctx, 'password')),
    ...Object.fromEntries(
      Object.values(FACTOR_PAGES).map((page) => [`/u/${page}`, getAndPost((ctx) => factors.answer(ctx, page))]),
    ),
    ...ticketRoute(),
    '/u/email-verification': { GET: async (ctx) => showVerification(deps, ctx) },
    '/u/reset-password': getAndPost((ctx) => resets.choose(ctx)),
    '/u/reset-password/request': getAndPost((ctx) => resets.request(ctx)),
    '/dbconnections/signup': { POST: (ctx) => answerSignUp(deps, ctx), OPTIONS: async (ctx) => answerPreflight(ctx) },
    '/dbconnections/change_password': {
      POST: async (ctx) => answerPasswordChange(deps, ctx),
      OPTIONS: async (ctx) => answerPreflight(ctx),
    },
    '/oauth/token': { POST: exchange, OPTIONS: (_ctx, next) => next() },
    '/oauth/revoke': { POST: revoke, OPTIONS: (_ctx, next) => next() },
    '/oauth/par': { POST: push },
    '/userinfo': userinfoRoutes(),
    '/v2/logout': { GET: (ctx) => logout.plain(ctx) },
    '/oidc/logout': getAndPost((ctx) => logout.openId(ctx)),
    '/oidc/logout/confirm': { POST: (ctx) => logout.confirm(ctx) },
    [stylesheetPath]: { GET: async (ctx) => answerStylesheet(ctx, deps.store) },
  };

  function ticketRoute(): Readonly<Record<string, Readonly<Record<string, Endpoint>>>> {
    const redeem = deps.redeemTicket;
    return redeem === undefined ? {} : { [ticketPath]: { GET: (ctx) => redeemTicket({ ...deps, redeem }, ctx) } };
  }

  /** Resumes a login from the login page, from the choice of an organization or from the page of a factor. */
  function resumeFromPage(ctx: WebContext): Promise<boolean> {
    const { state } = requestInfo(ctx).query;
    const waitsFor = (what: PendingLogin['waitsFor']) => deps.pending.find(ctx, state, what) !== undefined;
    if (waitsFor('factors')) return factors.resume(deps, ctx);
    return waitsFor('organization') ? resumeWithOrganization(deps, ctx) : resumeLogin(deps, ctx);
  }

  function userinfoRoutes() {
    const userinfo: Endpoint = (ctx) =>
      answerUserinfo(
        {
          ...deps,
          audiences: () => deps.issuers().map((domain) => `${domain}userinfo`),
          provider,
          verify: deps.verify,
        },
        ctx,
      );
    return { GET: userinfo, POST: userinfo, OPTIONS: userinfo };
  }

  function routeOf(path: string): Readonly<Record<string, Endpoint>> | undefined {
    if (Object.hasOwn(routes, path)) return routes[path];
    const social = /^\/u\/social\/([^/]+)$/.exec(path)?.[1];
    if (social !== undefined) return getAndPost((ctx) => pages.social(ctx, decoded(social)));
    const file = userExportPath.exec(path)?.[1];
    return file === undefined ? undefined : { GET: async (ctx) => downloadUserExport(deps.store, ctx, file) };
  }

  async function authorize(ctx: WebContext, next: Next): Promise<void> {
    await next();
    const oidc = (ctx as unknown as OidcContext).oidc as OidcContext['oidc'] | undefined;
    const progress = loginProgress(ctx);
    if (oidc?.client !== undefined) progress.client ??= clientRecordOf(oidc.client);
    logAuthorization(deps.log, ctx, wordsOf(originalRequest(oidc?.params).prompt).includes('none'));
  }

  async function exchange(ctx: WebContext, next: Next): Promise<void> {
    await next();
    const { form } = requestInfo(ctx);
    const progress = loginProgress(ctx);
    const { oidc } = ctx as unknown as OidcContext;
    if (oidc.client !== undefined) progress.client ??= clientRecordOf(oidc.client);
    // Their log entries name an audience even if the login is for no API.
    if (isMfaGrant(form.get('grant_type'))) progress.audience ??= `${deps.issuer}userinfo`;
    applyAuth0Response(ctx, form);
    const reused = reusedRefreshToken(ctx as unknown as OidcContext);
    if (reused !== undefined) return logReuse(deps.log, ctx, reused, deps.store.users.find(reused.accountId));
    const type = exchangeLogType(form.get('grant_type'), progress.failure === undefined, progress.client !== undefined);
    const description =
      progress.failure === undefined ? undefined : tokenError(progress.failure, form).error_description;
    if (type !== undefined && (progress.succeeded || description !== undefined))
      logExchange(deps.log, ctx, type, description);
  }

  async function push(ctx: WebContext, next: Next): Promise<void> {
    if (!authenticationSettings(deps.store).pushedRequests) {
      ctx.status = 404;
      ctx.body = { statusCode: 404, error: 'Not Found' };
      return;
    }
    await next();
    applyAuth0Response(ctx, requestInfo(ctx).form);
  }

  async function revoke(ctx: WebContext, next: Next): Promise<void> {
    const token = findRefreshToken(deps.store, requestInfo(ctx).form.get('token'));
    await next();
    const isGone =
      token !== undefined && findRefreshToken(deps.store, requestInfo(ctx).form.get('token')) === undefined;
    if (isGone) logRevocation(deps, ctx, token);
    applyAuth0Response(ctx, requestInfo(ctx).form);
  }

  provider.use(async (ctx: WebContext, next: Next) => {
    ctx.set('x-content-type-options', 'nosniff');
    const route = routeOf(ctx.path);
    const endpoint = route?.[ctx.method];
    if (endpoint !== undefined) {
      await answerFailures(deps, ctx, () => endpoint(ctx, next));
      adaptResponse(ctx);
      allowBranding(ctx, deps.store);
      return;
    }
    ctx.status = route === undefined ? 404 : 405;
    ctx.body = { statusCode: ctx.status, error: ctx.status === 404 ? 'Not Found' : 'Method Not Allowed' };
  });
  const callback = provider.callback();
  return { answer: async (request, response) => void (await callback(request, response)) };
}

/** The refresh token with that value; nothing if it was used or revoked. */
function findRefreshToken(store: Store, value: string | null): Artifact | undefined {
  const grantId = value === null ? undefined : store.artifacts.find('RefreshToken', value)?.grantId;
  if (typeof grantId !== 'string') return undefined;
  return store.artifacts.listByGrant('RefreshToken', grantId).find(({ payload }) => payload.jti === value);
}

function getAndPost(endpoint: Endpoint): Readonly<Record<string, Endpoint>> {
  return { GET: endpoint, POST: endpoint };
}

/** Runs an endpoint. An unexpected error is answered without its details. */
async function answerFailures(deps: EndpointsDependencies, ctx: WebContext, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = error instanceof Error ? error : new Error('unknown');
    loginProgress(ctx).failure = failure;
    loginProgress(ctx).logged = false;
    logAuthorization(deps.log, ctx, false);
    showError(ctx, {
      status: 500,
      error: 'server_error',
      description: 'Something went wrong inside the tenant. Its log has an entry about it.',
    });
  }
}

/** Redirects with 302 as Auth0 does, and drops the library's own cookies. */
function adaptResponse(ctx: WebContext): void {
  if (ctx.status === 303) ctx.status = 302;
  const cookies = ctx.response.get('set-cookie') as unknown as string | string[] | undefined;
  if (cookies === undefined || cookies.length === 0) return;
  const visible = [cookies].flat().filter((cookie) => !INTERNAL_COOKIES.some((name) => cookie.startsWith(`${name}=`)));
  if (visible.length === 0) ctx.remove('set-cookie');
  else ctx.set('set-cookie', visible);
}

/** Lets a page load the pictures and the font of the branding and of the theme. */
function allowBranding(ctx: WebContext, store: Store): void {
  const policy: string | undefined = ctx.response.get('content-security-policy');
  if (policy === undefined || policy === '') return;
  ctx.set('content-security-policy', withLook(policy, store));
}

function answerStylesheet(ctx: WebContext, store: Store): void {
  ctx.type = 'text/css';
  // Changed colours are on the next page.
  ctx.set('cache-control', 'no-cache');
  const organization = store.organizations.find(requestInfo(ctx).query.organization ?? '');
  ctx.body = pageStylesheet(store, organization?.branding);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}
