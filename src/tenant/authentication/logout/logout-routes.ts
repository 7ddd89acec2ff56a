import { randomBytes } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Session } from 'oidc-provider';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';
import { loginProgress, requestInfo } from '../authorize/login-progress.ts';
import { organizationUrls } from '../authorize/organizations/organization.ts';
import type { CookieAttributes, PendingLogins } from '../authorize/pending-logins.ts';
import { suspendedLoginOf } from '../authorize/suspended-login.ts';
import { logLogout } from '../http/login-log.ts';
import { redirectBrowser, showError, showPage } from '../http/page-responses.ts';
import type { WebContext } from '../http/web-context.ts';
import { authenticationSettings } from '../provider/authentication-settings.ts';
import { LoginGrants } from '../tokens/login-grants.ts';
import { loggedOutPage, logoutConfirmPage } from '../universal-login/pages/logout-pages.ts';
import { screenContent } from '../universal-login/screen-content.ts';
import { logoutTarget } from './logout-url.ts';
import { endSession } from './session-end.ts';

export interface LogoutDependencies {
  readonly store: Store;
  readonly log: TenantLog;
  readonly provider: Provider;
  readonly pending: PendingLogins;
  readonly cookie: CookieAttributes;
}

export interface LogoutRoutes {
  /** `/v2/logout` */
  plain(ctx: WebContext): Promise<void>;
  /** `/oidc/logout` */
  openId(ctx: WebContext): Promise<void>;
  /** `/oidc/logout/confirm` */
  confirm(ctx: WebContext): Promise<void>;
}

/** A logout that waits for the user's confirmation. */
const KIND = 'PendingLogout';
const QUESTION_LIFETIME = 10 * 60;
const FORM_ID = 'logout-form';

/**
 * The two logout endpoints. Both redirect only to a page on the Allowed Logout URLs: those of the application if the
 * request names one, otherwise those of the tenant.
 *
 * @example
 * const logout = createLogoutRoutes({ store, log, provider, pending, cookie });
 * @see Auth0 docs: "Log Users Out of Auth0 with Auth0 Logout Endpoint", "Use the OIDC Endpoint to Log Users Out".
 */
export function createLogoutRoutes(deps: LogoutDependencies): LogoutRoutes {
  const { store, provider } = deps;
  const grants = new LoginGrants(store);

  /** Ends the session, logs it, and redirects the browser. */
  async function logOut(ctx: WebContext, target: string | undefined): Promise<void> {
    const login = await redirectedLogin(ctx);
    if (login !== undefined) loginProgress(ctx).transactionId = login;
    const ended = await endSession(provider, store, deps.pending, deps.cookie, ctx);
    const progress = loginProgress(ctx);
    const user = ended === undefined ? undefined : store.users.find(ended.userId);
    if (user !== undefined) progress.user = user;
    logLogout(deps.log, ctx, {
      ...(target === undefined ? {} : { return_to: withoutQuery(target) }),
      allowed_logout_url: allowedFor(store, progress.client),
      ...(ended === undefined ? {} : { session_id: ended.id }),
    });
    if (target === undefined) showPage(ctx, loggedOutPage(contentOf(ctx, 'logout-complete')));
    else redirectBrowser(ctx, target);
  }

  /** Id of the login that waits because an Action redirected it to this logout, with its `state`. */
  async function redirectedLogin(ctx: WebContext): Promise<string | undefined> {
    const waiting = deps.pending.find(ctx, requestInfo(ctx).query.state, 'redirect');
    const interaction = waiting === undefined ? undefined : await provider.Interaction.find(waiting.state);
    return interaction === undefined ? undefined : suspendedLoginOf(interaction)?.transactionId;
  }

  /** The Allowed Logout URLs, with the name of the organization that the user signed in to. */
  async function allowedInSession(ctx: WebContext, client: ClientRecord | undefined, hinted?: string) {
    const allowed = allowedFor(store, client);
    if (client === undefined || !allowed.some((url) => url.includes('{'))) return allowed;
    const session = await provider.Session.get(ctx);
    const grant = session.accountId === undefined ? undefined : grants.find(session.grantIdFor(client.client_id));
    return organizationUrls(store, client, allowed, hinted ?? grant?.organizationId);
  }

  function contentOf(ctx: WebContext, screen: string) {
    return screenContent(store, ctx, { prompt: 'logout', screen, client: loginProgress(ctx).client });
  }

  function refuse(ctx: WebContext, description: string, requested = ''): void {
    const { client } = loginProgress(ctx);
    const details = { return_to: withoutQuery(requested), allowed_logout_url: allowedFor(store, client) };
    logLogout(deps.log, ctx, details, description);
    showError(ctx, {
      status: 400,
      error: 'invalid_request',
      description,
      ...(client === undefined ? {} : { clientName: client.name }),
    });
  }

  async function plain(ctx: WebContext): Promise<void> {
    const { client_id, returnTo } = requestInfo(ctx).query;
    if (client_id !== undefined && client_id !== '') {
      const client = applicationOf(store, client_id);
      if (client === undefined) return refuse(ctx, 'Unknown client.');
      loginProgress(ctx).client = client;
    }
    const allowed = await allowedInSession(ctx, loginProgress(ctx).client);
    if (returnTo === undefined || returnTo === '') return logOut(ctx, firstOf(allowed));
    const target = logoutTarget(allowed, returnTo);
    if (target === undefined) {
      return refuse(
        ctx,
        `The "returnTo" querystring parameter "${returnTo}" is not defined as a valid URL in "Allowed Logout URLs".`,
        returnTo,
      );
    }
    return logOut(ctx, target);
  }

  async function openId(ctx: WebContext): Promise<void> {
    const facts = requestInfo(ctx);
    const parameters = ctx.method === 'POST' ? Object.fromEntries(facts.form) : facts.query;
    const hint = await readHint(provider, store, parameters.id_token_hint);
    if (hint === 'invalid') return refuse(ctx, 'The id_token_hint is not an ID token of this tenant.');
    if (hint !== undefined && parameters.client_id && parameters.client_id !== hint.client.client_id) {
      return refuse(ctx, 'The client_id is not the one of the id_token_hint.');
    }
    const client = hint?.client ?? (parameters.client_id ? applicationOf(store, parameters.client_id) : undefined);
    if (client === undefined && parameters.client_id) return refuse(ctx, 'Unknown client.');
    if (client !== undefined) loginProgress(ctx).client = client;

    const allowed = await allowedInSession(ctx, client, hint?.organization);
    const requested = parameters.post_logout_redirect_uri || undefined;
    const isSafe =
      requested === undefined || (allowed.includes(requested) && logoutTarget([requested], requested) !== undefined);
    if (!isSafe) {
      return refuse(
        ctx,
        `The "post_logout_redirect_uri" parameter "${requested}" is not defined as a valid URL in "Allowed Logout URLs".`,
        requested,
      );
    }
    const target = withState(requested ?? firstOf(allowed), parameters.state);
    const session = await provider.Session.get(ctx);
    if (session.accountId === undefined || namesSession(session, hint, parameters.logout_hint))
      return logOut(ctx, target);
    // Any page can send a browser here. Ask the user, unless the hints prove that an application of this session did.
    askForConfirmation(ctx, client, target);
  }

  function askForConfirmation(ctx: WebContext, client: ClientRecord | undefined, target: string | undefined): void {
    const question = randomBytes(24).toString('base64url');
    store.artifacts.upsert(
      KIND,
      question,
      {
        browser: deps.pending.browserOf(ctx),
        ...(target === undefined ? {} : { target }),
        ...(client === undefined ? {} : { clientId: client.client_id }),
      },
      Math.floor(Date.now() / 1000) + QUESTION_LIFETIME,
    );
    showPage(
      ctx,
      logoutConfirmPage({
        formMarkup: `<form id="${FORM_ID}" method="post" action="/oidc/logout/confirm"><input type="hidden" name="xsrf" value="${question}"></form>`,
        formId: FORM_ID,
        content: contentOf(ctx, 'logout'),
        ...(client === undefined ? {} : { applicationName: client.name }),
      }),
    );
  }

  async function confirm(ctx: WebContext): Promise<void> {
    const { form } = requestInfo(ctx);
    const id = form.get('xsrf') ?? '';
    const question = store.artifacts.find(KIND, id);
    const isOwn = question !== undefined && question.browser === deps.pending.browserOf(ctx);
    if (!isOwn || !store.artifacts.consume(KIND, id, Math.floor(Date.now() / 1000))) {
      return refuse(ctx, 'There is no logout to confirm in this browser.');
    }
    const client = typeof question.clientId === 'string' ? store.clients.find(question.clientId) : undefined;
    if (client !== undefined) loginProgress(ctx).client = client;
    const target = typeof question.target === 'string' ? question.target : undefined;
    if (form.get('logout') === 'yes') return logOut(ctx, target);
    if (target !== undefined) return redirectBrowser(ctx, target);
    ctx.status = 204;
  }

  return { plain, openId, confirm };
}

interface Hint {
  readonly client: ClientRecord;
  readonly subject: unknown;
  readonly sessionId: unknown;
  readonly organization: string | undefined;
}

/** Reads an ID token of the tenant. An expired token is accepted. */
async function readHint(
  provider: Provider,
  store: Store,
  token: string | undefined,
): Promise<Hint | 'invalid' | undefined> {
  if (token === undefined || token === '') return undefined;
  const audience = audienceOfToken(token);
  const client = audience === undefined ? undefined : applicationOf(store, audience);
  const libraryClient = client === undefined ? undefined : await provider.Client.find(client.client_id);
  if (client === undefined || libraryClient === undefined) return 'invalid';
  try {
    const { payload } = await provider.IdToken.validate(token, libraryClient);
    const organization = typeof payload.org_id === 'string' ? payload.org_id : undefined;
    return { client, subject: payload.sub, sessionId: payload.sid, organization };
  } catch {
    return 'invalid';
  }
}

function audienceOfToken(token: string): string | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const audience = typeof payload === 'object' && payload !== null && 'aud' in payload ? payload.aud : undefined;
    return typeof audience === 'string' ? audience : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the hints name the session that is about to end. */
function namesSession(session: Session, hint: Hint | undefined, logoutHint: string | undefined): boolean {
  if (hint !== undefined && hint.subject !== session.accountId) return false;
  return hint?.sessionId === session.uid || logoutHint === session.uid;
}

function applicationOf(store: Store, clientId: string): ClientRecord | undefined {
  const client = store.clients.find(clientId);
  return client?.global === true ? undefined : client;
}

function allowedFor(store: Store, client: ClientRecord | undefined): string[] {
  return client === undefined ? [...authenticationSettings(store).allowedLogoutUrls] : client.allowed_logout_urls;
}

/** The page for a logout that names none: the first entry of the list, unless it has a wildcard. */
function firstOf(allowed: readonly string[]): string | undefined {
  const [first] = allowed;
  return first === undefined || first.includes('*') ? undefined : logoutTarget([first], first);
}

function withState(target: string | undefined, state: string | undefined): string | undefined {
  if (target === undefined || state === undefined || state === '') return target;
  const url = new URL(target);
  url.searchParams.set('state', state);
  return url.href;
}

/** The URL without query and fragment, which may contain private data and must not be logged. */
function withoutQuery(target: string): string {
  return target.split(/[?#]/)[0] ?? target;
}
