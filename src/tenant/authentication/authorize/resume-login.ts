import type Provider from 'oidc-provider';
import { errors, type Interaction, type Session } from 'oidc-provider';
import { showError } from '../http/page-responses.ts';
import type { WebContext } from '../http/web-context.ts';
import { RESUME_COOKIE } from '../provider/openid-provider.ts';
import { loginProgress, requestInfo } from './login-progress.ts';
import type { PendingLogin, PendingLogins } from './pending-logins.ts';
import { suspendedLoginOf } from './suspended-login.ts';

export interface ResumeDependencies {
  readonly provider: Provider;
  readonly pending: PendingLogins;
}

/**
 * `/authorize/resume?state=…`: resumes a login after the user has signed in. The state can be used once.
 *
 * @returns whether the library shall continue with the request.
 * @example
 * if (await resumeLogin(deps, ctx)) await next();
 */
export async function resumeLogin(deps: ResumeDependencies, ctx: WebContext): Promise<boolean> {
  const { provider, pending } = deps;
  const login = pending.find(ctx, requestInfo(ctx).query.state, 'sign-in');
  const interaction = login === undefined ? undefined : await provider.Interaction.find(login.state);
  const result = interaction?.result;
  const signedInAt = result?.login?.signedInAt;
  if (login === undefined || interaction === undefined || result === undefined) return refuse(ctx);
  if (result.error === undefined && (typeof signedInAt !== 'number' || pending.loggedOutSince(ctx, signedInAt))) {
    return refuse(ctx);
  }
  // The session began when the user signed in. Since then it may have ended, or another user may have signed in.
  const session = await provider.Session.get(ctx);
  if (result.login !== undefined && session.accountId !== result.login.accountId) return refuse(ctx);
  if (!pending.use(login)) return refuse(ctx);
  // It no longer matters which session the browser had when it opened the login page.
  if (interaction.session !== undefined) {
    interaction.session = undefined;
    await interaction.persist();
  }
  passToLibrary(ctx, login);
  return true;
}

/**
 * `/continue?state=…`: resumes a login that an Action redirected, with `onContinuePostLogin`. The state can be used once,
 * only in the same browser and the same session.
 *
 * @returns whether the library shall continue with the request.
 * @example
 * if (await continueLogin(deps, ctx)) await next();
 * @see Auth0 docs: "Redirect with Actions".
 */
export async function continueLogin(deps: ResumeDependencies, ctx: WebContext): Promise<boolean> {
  const { pending } = deps;
  const facts = requestInfo(ctx);
  const states = [facts.query.state, facts.form.get('state') ?? undefined].filter((state) => state !== undefined);
  const login = new Set(states).size === 1 ? pending.find(ctx, states[0], 'redirect') : undefined;
  if (login === undefined || pending.loggedOutSince(ctx, login.since)) return refuse(ctx);
  return (await resumeInSession(deps, ctx, login)) || refuse(ctx);
}

/**
 * Resumes a login that was suspended after the user had signed in: once, and only within the same session.
 *
 * @returns false if the login cannot be resumed.
 */
export async function resumeInSession(
  deps: ResumeDependencies,
  ctx: WebContext,
  login: PendingLogin,
): Promise<boolean> {
  const { provider, pending } = deps;
  const interaction = await provider.Interaction.find(login.state);
  const session = await provider.Session.get(ctx);
  const suspended = interaction && suspendedLoginOf(interaction);
  if (interaction === undefined || suspended === undefined || !belongsToSession(interaction, session)) return false;
  if (!pending.use(login)) return false;
  interaction.result = { ...interaction.lastSubmission, 'post-login': {} };
  await interaction.persist();
  loginProgress(ctx).continues = suspended;
  passToLibrary(ctx, login);
  return true;
}

/** Whether the login began in this session, and the session still belongs to the same user. */
export function belongsToSession(
  { session: origin }: Pick<Interaction, 'session'>,
  session: Pick<Session, 'uid' | 'accountId'>,
): boolean {
  return origin !== undefined && origin.uid === session.uid && origin.accountId === session.accountId;
}

/** Rewrites the request to the library's own resume URL, which no browser ever sees. */
export function passToLibrary(ctx: WebContext, login: PendingLogin): void {
  const cookies = (ctx.headers.cookie ?? '')
    .split(/;\s*/)
    .filter((cookie) => cookie !== '' && !cookie.startsWith(`${RESUME_COOKIE}=`));
  ctx.req.headers.cookie = [...cookies, `${RESUME_COOKIE}=${login.state}`].join('; ');
  ctx.method = 'GET';
  ctx.url = `/authorize/${encodeURIComponent(login.state)}`;
}

/** Answers that the login has ended, or does not belong to this browser. */
export function refuse(ctx: WebContext): false {
  const description =
    'This login cannot continue: its state is missing, unknown, from another browser, or already used. Start again at the application.';
  loginProgress(ctx).failure = new errors.InvalidRequest(description);
  showError(ctx, { status: 400, error: 'invalid_request', description });
  return false;
}
