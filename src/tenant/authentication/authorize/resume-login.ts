import type Provider from 'oidc-provider';
import { errors, type Interaction, type Session } from 'oidc-provider';
import { showError } from '../http/page-answers.ts';
import { loginProgress, requestInfo, type WebContext } from '../http/web-context.ts';
import { RESUME_COOKIE } from '../provider/openid-provider.ts';
import type { PendingLogin, PendingLogins } from './pending-logins.ts';
import type { PostLogin } from './post-login.ts';

export interface ResumeDependencies {
  readonly provider: Provider;
  readonly pending: PendingLogins;
  readonly postLogin: PostLogin;
}

/**
 * `/authorize/resume?state=…`: a login goes on when its person has proven who they are. The state serves once.
 *
 * @returns whether the library is to go on with the request.
 * @example
 * if (await resumeLogin(deps, ctx)) await next();
 */
export async function resumeLogin(deps: ResumeDependencies, ctx: WebContext): Promise<boolean> {
  const { provider, pending } = deps;
  const login = pending.find(ctx, requestInfo(ctx).query.state, 'login');
  const interaction = login === undefined ? undefined : await provider.Interaction.find(login.state);
  const result = interaction?.result;
  const provenAt = result?.login?.provenAt;
  if (login === undefined || interaction === undefined || result === undefined) return refuse(ctx);
  if (result.error === undefined && (typeof provenAt !== 'number' || pending.loggedOutSince(ctx, provenAt))) {
    return refuse(ctx);
  }
  // The session began when its person was recognized; it may have ended since, or be somebody else's by now.
  const session = await provider.Session.get(ctx);
  if (result.login !== undefined && session.accountId !== result.login.accountId) return refuse(ctx);
  if (!pending.use(login)) return refuse(ctx);
  // That the login page was opened over another session, or over none, is of no matter any more.
  if (interaction.session !== undefined) {
    interaction.session = undefined;
    await interaction.persist();
  }
  handOver(ctx, login);
  return true;
}

/**
 * `/continue?state=…`: a login that an Action sent elsewhere goes on, with `onContinuePostLogin`. The state serves once,
 * in the browser and within the session that it was made for.
 *
 * @returns whether the library is to go on with the request.
 * @example
 * if (await continueLogin(deps, ctx)) await next();
 * @see Auth0 docs: "Redirect with Actions".
 */
export async function continueLogin(deps: ResumeDependencies, ctx: WebContext): Promise<boolean> {
  const { pending } = deps;
  const facts = requestInfo(ctx);
  const states = [facts.query.state, facts.form.get('state') ?? undefined].filter((state) => state !== undefined);
  const login = new Set(states).size === 1 ? pending.find(ctx, states[0], 'post-login') : undefined;
  if (login === undefined || pending.loggedOutSince(ctx, login.since)) return refuse(ctx);
  return (await goOn(deps, ctx, login)) || refuse(ctx);
}

/**
 * A login that stopped behind its person's session goes on: once, and within that session.
 *
 * @returns whether it does.
 */
export async function goOn(deps: ResumeDependencies, ctx: WebContext, login: PendingLogin): Promise<boolean> {
  const { provider, pending } = deps;
  const interaction = await provider.Interaction.find(login.state);
  const session = await provider.Session.get(ctx);
  if (interaction === undefined || !isOfSession(interaction, session)) return false;
  if (!pending.use(login)) return false;
  interaction.result = { ...interaction.lastSubmission, 'post-login': {} };
  await interaction.persist();
  deps.postLogin.continueIn(ctx);
  handOver(ctx, login);
  return true;
}

/** Whether the login began in this session, and the session is still the same person's. */
export function isOfSession(
  { session: origin }: Pick<Interaction, 'session'>,
  session: Pick<Session, 'uid' | 'accountId'>,
): boolean {
  return origin !== undefined && origin.uid === session.uid && origin.accountId === session.accountId;
}

/** The library's own address for going on, which no browser is ever told. */
function handOver(ctx: WebContext, login: PendingLogin): void {
  const kept = (ctx.headers.cookie ?? '')
    .split(/;\s*/)
    .filter((cookie) => cookie !== '' && !cookie.startsWith(`${RESUME_COOKIE}=`));
  ctx.req.headers.cookie = [...kept, `${RESUME_COOKIE}=${login.state}`].join('; ');
  ctx.method = 'GET';
  ctx.url = `/authorize/${encodeURIComponent(login.state)}`;
}

/** Answers that the login is over, or is not this browser's. */
export function refuse(ctx: WebContext): false {
  const description =
    'This login cannot go on: its state is missing, unknown, from another browser, or was used already. Start again at the application.';
  loginProgress(ctx).failure = new errors.InvalidRequest(description);
  showError(ctx, { status: 400, error: 'invalid_request', description });
  return false;
}
