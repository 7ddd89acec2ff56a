import type Provider from 'oidc-provider';
import type { SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { TenantLog } from '../../logs/tenant-log.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { THROTTLED } from '../accounts/attack-protection/address-throttle.ts';
import { enabledProvider } from '../accounts/enabled-connection.ts';
import { passwordPolicyOf, passwordRules } from '../accounts/password-policy.ts';
import { signInWithPassword } from '../accounts/password-sign-in.ts';
import { allowsSignUp, asksForUsername, signUp } from '../accounts/sign-up.ts';
import { signInSocially, socialProfileOf } from '../accounts/social-sign-in.ts';
import { redirectBrowser, showPage } from '../http/page-responses.ts';
import type { WebContext } from '../http/web-context.ts';
import { type FormProblem, invitationProblem, loginProblem } from '../universal-login/forms/form-problem.ts';
import { parseLoginForm, parseSignUpForm, parseSocialForm } from '../universal-login/forms/parse-forms.ts';
import {
  entryPath,
  type FormPart,
  isIdentifierFirst,
  keepIdentifier,
  typedIdentifier,
} from '../universal-login/identifier-first.ts';
import { loginPage } from '../universal-login/pages/login-page.ts';
import { signUpPage } from '../universal-login/pages/sign-up-page.ts';
import type { SocialConnection } from '../universal-login/pages/social-buttons.ts';
import { socialPage } from '../universal-login/pages/social-page.ts';
import { providerName } from '../universal-login/provider-name.ts';
import { type ScreenContent, screenContent } from '../universal-login/screen-content.ts';
import { startSession } from './browser-session.ts';
import { acrOf, type LoginMethod } from './connection-acr.ts';
import { requestInfo } from './login-progress.ts';
import { authenticationRequest, databaseOf, type OpenLogin, openLogin, pathOf, screenFacts } from './open-login.ts';
import { enabledIn, servesOrganization } from './organizations/organization.ts';
import type { CookieAttributes, PendingLogins } from './pending-logins.ts';
import { requestedTransaction } from './requested-transaction.ts';

export interface LoginPagesDependencies {
  readonly sideTriggers?: SideTriggers | undefined;
  readonly store: Store;
  readonly log: TenantLog;
  readonly provider: Provider;
  readonly pending: PendingLogins;
  readonly cookie: CookieAttributes;
  readonly issuer: string;
}

/** Universal Login: the pages on which users sign in and sign up. */
export interface LoginPages {
  login(ctx: WebContext, part: FormPart): Promise<void>;
  signUp(ctx: WebContext, part: FormPart): Promise<void>;
  social(ctx: WebContext, connection: string): Promise<void>;
}

/** Seconds within which the browser must resume the login after the user has signed in. */
const RESUME_LIFETIME = 60;

/**
 * Universal Login on top of the library's interactions. A form is accepted only with the `state` of a login that the
 * same browser began. A form of another site cannot know it.
 *
 * @example
 * const pages = createLoginPages({ store, log, provider, pending });
 * @see Auth0 docs: "Universal Login".
 */
export function createLoginPages(deps: LoginPagesDependencies): LoginPages {
  const { store, provider, pending } = deps;

  const open = (ctx: WebContext) => openLogin(deps, ctx);

  /** Stores with the login that the user has signed in, and redirects the browser. */
  async function completeSignIn(
    ctx: WebContext,
    login: OpenLogin,
    user: UserRecord,
    connection: ConnectionRecord,
    method: LoginMethod,
  ): Promise<void> {
    const identity = { accountId: user.user_id, amr: [method], acr: acrOf(connection.id) };
    const ts = Math.floor(Date.now() / 1000);
    const concluded = await conclude(ctx, login, { login: { ...identity, ts, signedInAt: Date.now() } });
    if (concluded) await startSession(provider, store, deps.cookie, ctx, { ...identity, loginTs: ts });
  }

  /** Stores the result of the login. Returns false if the login no longer waits for one. */
  async function conclude(ctx: WebContext, login: OpenLogin, result: Record<string, unknown>): Promise<boolean> {
    const interaction = await provider.Interaction.find(login.pending.state);
    if (interaction === undefined || pending.find(ctx, login.pending.state, 'sign-in') === undefined) {
      await open(ctx);
      return false;
    }
    interaction.result = result;
    await interaction.save(RESUME_LIFETIME);
    redirectBrowser(ctx, `/authorize/resume?state=${encodeURIComponent(login.pending.state)}`);
    return true;
  }

  /** The screen of a page. Those of two pages are prompts of their own. */
  function contentOf(ctx: WebContext, login: OpenLogin, page: 'login' | 'signup', part: FormPart): ScreenContent {
    const name = { whole: page, identifier: `${page}-id`, password: `${page}-password` }[part];
    return screenContent(store, ctx, { prompt: name, screen: name, ...screenFacts(login) });
  }

  const entryOf = (page: 'login' | 'signup', login: OpenLogin) => pathOf(entryPath(store, page), login);

  async function login(ctx: WebContext, part: FormPart): Promise<void> {
    const current = await open(ctx);
    if (current === undefined) return;
    const { state } = current.pending;
    const typed = part === 'password' ? typedIdentifier(store, 'login', state) : undefined;
    const isOtherPage = isIdentifierFirst(store) === (part === 'whole');
    if (isOtherPage || (part === 'password' && typed === undefined))
      return redirectBrowser(ctx, entryOf('login', current));
    const database = databaseOf(store, current);
    const show = (status: number, username: string | undefined, problems: readonly FormProblem[]) =>
      showPage(
        ctx,
        loginPage({
          applicationName: current.client.name,
          invitedTo: invitedTo(current),
          state: current.pending.state,
          action: pathOf(part === 'whole' ? 'login' : `login/${part}`, current),
          part,
          identifierUrl: entryOf('login', current),
          username,
          problems,
          connections: providersOf(store, current),
          database: database !== undefined,
          signUpAllowed: database !== undefined && maySignUp(current, database),
          signUpUrl: entryOf('signup', current),
          resetPasswordUrl: pathOf('reset-password/request', current),
          content: contentOf(ctx, current, 'login', part),
        }),
        status,
      );
    const first = typed?.name ?? current.hint;
    if (ctx.method !== 'POST') return show(200, first, []);

    const form = parseLoginForm(withTyped(requestInfo(ctx).form, typed && { username: typed.name }), part);
    switch (form.kind) {
      case 'provider': {
        const chosen = providersOf(store, current).some((connection) => connection.name === form.connection);
        if (!chosen) return show(400, current.hint, [loginProblem('no_connection')]);
        return redirectBrowser(ctx, pathOf(`social/${encodeURIComponent(form.connection)}`, current));
      }
      case 'invalid':
        return show(400, form.username, form.problems);
      case 'identifier':
        keepIdentifier(store, 'login', state, { name: form.username });
        return redirectBrowser(ctx, pathOf('login/password', current));
      case 'password': {
        const { username } = form;
        // Without a name, sign-in would use the application's own database, which the organization may not have enabled.
        if (database === undefined && current.organization !== undefined) {
          return show(400, username, [loginProblem('no_connection')]);
        }
        const result = await signInWithPassword(deps, {
          ...authenticationRequest(ctx, current.client),
          username,
          password: form.password,
          ...(database === undefined ? {} : { connection: database.name }),
        });
        if (!result.ok) {
          const isLimit = result.reason === 'too_many_attempts' || result.reason === 'suspicious_address';
          const status = isLimit ? 429 : 400;
          return show(status, username, [loginProblem(result.reason)]);
        }
        return completeSignIn(ctx, current, result.user, result.connection, 'pwd');
      }
    }
  }

  async function signUpUser(ctx: WebContext, part: FormPart): Promise<void> {
    const current = await open(ctx);
    if (current === undefined) return;
    const database = databaseOf(store, current);
    if (database === undefined || !maySignUp(current, database)) return redirectBrowser(ctx, entryOf('login', current));
    const { state } = current.pending;
    const typed = part === 'password' ? typedIdentifier(store, 'signup', state) : undefined;
    const isOtherPage = isIdentifierFirst(store) === (part === 'whole');
    if (isOtherPage || (part === 'password' && typed === undefined))
      return redirectBrowser(ctx, entryOf('signup', current));
    const show = (
      status: number,
      email: string | undefined,
      username: string | undefined,
      problems: readonly FormProblem[],
    ) =>
      showPage(
        ctx,
        signUpPage({
          applicationName: current.client.name,
          invitedTo: invitedTo(current),
          state: current.pending.state,
          action: pathOf(part === 'whole' ? 'signup' : `signup/${part}`, current),
          part,
          identifierUrl: entryOf('signup', current),
          loginUrl: entryOf('login', current),
          email,
          username,
          asksForUsername: asksForUsername(database),
          passwordRules: passwordRules(passwordPolicyOf(database)),
          problems,
          connections: providersOf(store, current),
          content: contentOf(ctx, current, 'signup', part),
        }),
        status,
      );
    if (ctx.method !== 'POST') return show(200, typed?.name ?? current.hint, typed?.username, []);
    const form = parseSignUpForm(
      withTyped(requestInfo(ctx).form, typed && { email: typed.name, username: typed.username }),
      part,
    );
    if (form.kind === 'invalid') return show(400, form.email, form.username, form.problems);
    if (
      current.invitation !== undefined &&
      form.email.trim().toLowerCase() !== current.invitation.email.toLowerCase()
    ) {
      return show(400, current.hint, form.username, [invitationProblem(current.invitation.email)]);
    }
    if (part === 'identifier') {
      keepIdentifier(store, 'signup', state, { name: form.email, username: form.username });
      return redirectBrowser(ctx, pathOf('signup/password', current));
    }
    const result = await signUp(deps, {
      ...authenticationRequest(ctx, current.client),
      facts: requestInfo(ctx),
      transaction: requestedTransaction(current.parameters, requestInfo(ctx).language),
      email: form.email,
      password: form.password,
      connection: database.name,
      ...(form.username === undefined ? {} : { username: form.username }),
    });
    if (!result.ok) {
      const isThrottled = result.problems.some(({ code }) => code === THROTTLED.code);
      return show(isThrottled ? 429 : 400, form.email, form.username, result.problems);
    }
    return completeSignIn(ctx, current, result.user, result.connection, 'pwd');
  }

  async function social(ctx: WebContext, name: string): Promise<void> {
    const current = await open(ctx);
    if (current === undefined) return;
    const connection = enabledProvider(store, current.client.client_id, name);
    if (connection === undefined || !servesOrganization(current.organization, connection)) {
      return redirectBrowser(ctx, entryOf('login', current));
    }
    const show = (
      status: number,
      problems: readonly FormProblem[],
      typed: { email?: string | undefined; name?: string | undefined; emailVerified?: boolean } = {},
    ) =>
      showPage(
        ctx,
        socialPage({
          applicationName: current.client.name,
          providerName: providerName(connection),
          connection: connection.name,
          state: current.pending.state,
          action: pathOf(`social/${encodeURIComponent(connection.name)}`, current),
          users: knownUsersOf(store, connection),
          problems,
          ...typed,
        }),
        status,
      );
    if (ctx.method !== 'POST') return show(200, [], { email: current.hint });

    const form = parseSocialForm(requestInfo(ctx).form);
    if (form.kind === 'cancel') {
      await conclude(ctx, current, {
        error: 'access_denied',
        error_description: 'User did not authorize the request',
      });
      return;
    }
    if (form.kind === 'invalid') return show(400, form.problems, form);
    const known = form.kind === 'known' ? store.users.find(form.userId) : undefined;
    const profile = form.kind === 'profile' ? form.profile : known && socialProfileOf(known, connection.name);
    if (profile === undefined) return show(400, [loginProblem('invalid_profile')]);
    const result = signInSocially(deps, {
      ...authenticationRequest(ctx, current.client),
      connection: connection.name,
      profile,
    });
    if (!result.ok) return show(400, [loginProblem(result.reason)]);
    return completeSignIn(ctx, current, result.user, result.connection, 'federated');
  }

  return { login, signUp: signUpUser, social };
}

/** The fields of a form, with those of the page before in place of their own. */
function withTyped(
  form: URLSearchParams,
  typed: Readonly<Record<string, string | undefined>> | undefined,
): URLSearchParams {
  const fields = new URLSearchParams(form);
  for (const [name, value] of Object.entries(typed ?? {})) {
    if (value === undefined) fields.delete(name);
    else fields.set(name, value);
  }
  return fields;
}

/**
 * Whether the user may create an account. An organization may close its own sign-up, which is for everybody: an invitation is another way.
 *
 * @see Auth0 docs: "Enable Organization Connections", "Invite Organization Members".
 */
function maySignUp({ organization, invitation }: OpenLogin, database: ConnectionRecord): boolean {
  const enabled = organization && enabledIn(organization, database);
  const signsUp = organization === undefined || enabled?.is_signup_enabled === true || isFor(invitation, database);
  return signsUp && allowsSignUp(database);
}

/** Whether an invitation can be accepted with a connection. */
function isFor(invitation: OpenLogin['invitation'], { id }: ConnectionRecord): boolean {
  return invitation !== undefined && (invitation.connectionId ?? id) === id;
}

function invitedTo({ organization, invitation }: OpenLogin): string | undefined {
  return invitation === undefined ? undefined : (organization?.display_name ?? organization?.name);
}

function providersOf(store: Store, { client, parameters, organization }: OpenLogin): SocialConnection[] {
  return store.connections
    .listEnabledFor(client.client_id)
    .filter((connection) => connection.strategy !== 'auth0')
    .filter((connection) => organization === undefined || enabledIn(organization, connection)?.show_as_button === true)
    .filter((connection) => !parameters.connection || parameters.connection === connection.name)
    .map((connection) => ({
      name: connection.name,
      displayName: providerName(connection),
      strategy: connection.strategy,
    }));
}

function knownUsersOf(store: Store, connection: ConnectionRecord) {
  return store.users.list({ connection: connection.name }, { page: 0, perPage: 20 }).rows.map((user) => ({
    userId: user.user_id,
    name: user.name,
    email: user.email,
    emailVerified: user.email_verified,
    blocked: user.blocked === true,
  }));
}
