import type Provider from 'oidc-provider';
import type { SideTriggers } from '../../../actions/triggers/side-triggers.ts';
import type { TenantLog } from '../../../logs/tenant-log.ts';
import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';
import { requestInfo } from '../../authorize/login-progress.ts';
import { authenticationRequest, databaseOf, openLogin, pathOf, screenFacts } from '../../authorize/open-login.ts';
import type { PendingLogins } from '../../authorize/pending-logins.ts';
import { actionRequest } from '../../http/action-request.ts';
import { redirectBrowser, showError, showPage } from '../../http/page-responses.ts';
import type { WebContext } from '../../http/web-context.ts';
import type { FormProblem } from '../../universal-login/forms/form-problem.ts';
import { parseNewPasswordForm, parseResetRequestForm } from '../../universal-login/forms/parse-reset-forms.ts';
import { entryPath } from '../../universal-login/identifier-first.ts';
import { checkMailPage, forgottenPasswordPage } from '../../universal-login/pages/forgotten-password-page.ts';
import { passwordChangedPage, resetPasswordPage } from '../../universal-login/pages/new-password-page.ts';
import { type ScreenRequest, screenContent } from '../../universal-login/screen-content.ts';
import { passwordPolicyOf, passwordRules } from '../password-policy.ts';
import { findPasswordTicket, type PasswordTicket } from './password-tickets.ts';
import { requestPasswordReset } from './request-reset.ts';
import { databaseOfUser, resetPassword } from './reset-password.ts';

export interface ResetPagesDependencies {
  readonly store: Store;
  readonly log: TenantLog;
  readonly sideTriggers?: SideTriggers | undefined;
  readonly provider: Provider;
  readonly pending: PendingLogins;
  readonly issuer: string;
}

/** The pages for users who have forgotten their password. */
export interface ResetPages {
  /** `/u/reset-password/request?state=…`: asks for the e-mail address, within a login. */
  request(ctx: WebContext): Promise<void>;
  /** `/u/reset-password?ticket=…`: asks a user who has the link for the new password. */
  choose(ctx: WebContext): Promise<void>;
}

/**
 * Creates the pages that lead from the link on the login page to a new password.
 *
 * @example
 * const resets = createResetPages({ store, log, provider, pending, issuer });
 * @see Auth0 docs: "Change Users' Passwords", "Customize Universal Login Text Elements" (prompt `reset-password`).
 */
export function createResetPages(deps: ResetPagesDependencies): ResetPages {
  const { store, log } = deps;

  async function request(ctx: WebContext): Promise<void> {
    const login = await openLogin(deps, ctx);
    if (login === undefined) return;
    const connection = databaseOf(store, login);
    const loginUrl = pathOf(entryPath(store, 'login'), login);
    if (connection === undefined) return redirectBrowser(ctx, loginUrl);
    const show = (status: number, email: string | undefined, problems: readonly FormProblem[]) =>
      showPage(
        ctx,
        forgottenPasswordPage({
          applicationName: login.client.name,
          state: login.pending.state,
          action: pathOf('reset-password/request', login),
          loginUrl,
          email,
          problems,
          content: contentOf(ctx, 'reset-password-request', screenFacts(login)),
        }),
        status,
      );
    if (ctx.method !== 'POST') return show(200, login.hint, []);
    const form = parseResetRequestForm(requestInfo(ctx).form);
    if (form.kind === 'invalid') return show(400, form.email, form.problems);
    const request = authenticationRequest(ctx, login.client);
    requestPasswordReset({ store, log }, { ...request, connection, email: form.email, issuer: deps.issuer });
    const facts = { ...screenFacts(login), variables: { email: form.email } };
    showPage(
      ctx,
      checkMailPage({ email: form.email, loginUrl, content: contentOf(ctx, 'reset-password-email', facts) }),
    );
  }

  async function choose(ctx: WebContext): Promise<void> {
    const { query, form } = requestInfo(ctx);
    const secret = query.ticket;
    const found = findPasswordTicket(store, secret);
    const connection = found && databaseOfUser(store, found.user);
    if (secret === undefined || found === undefined || connection === undefined) return refuse(ctx);
    const show = (status: number, problems: readonly FormProblem[]) =>
      showPage(
        ctx,
        resetPasswordPage({
          action: `/u/reset-password?ticket=${encodeURIComponent(secret)}`,
          account: found.user.email ?? found.user.username,
          passwordRules: passwordRules(passwordPolicyOf(connection)),
          problems,
          content: contentOf(ctx, 'reset-password', ofTicket(found)),
        }),
        status,
      );
    if (ctx.method !== 'POST') return show(200, []);
    const typed = parseNewPasswordForm(form);
    if (typed.kind === 'invalid') return show(400, typed.problems);
    const result = await resetPassword(store, secret, typed.password);
    if (result.kind === 'void') return refuse(ctx);
    if (result.kind === 'weak') {
      logChange(ctx, found, 'fcp', 'Password is too weak.');
      return show(
        400,
        result.problems.map((problem) => ({ ...problem, field: 'password-reset' })),
      );
    }
    logChange(ctx, result, 'scp', 'You can now login to the application with the new password.');
    startPostChangePassword(ctx, result.user, connection);
    const { resultUrl } = result.ticket;
    if (resultUrl === undefined)
      showPage(ctx, passwordChangedPage(contentOf(ctx, 'reset-password-success', ofTicket(result))));
    else redirectBrowser(ctx, afterReset(resultUrl, result));
  }

  const contentOf = (ctx: WebContext, screen: string, facts: Omit<ScreenRequest, 'prompt' | 'screen'>) =>
    screenContent(store, ctx, { prompt: 'reset-password', screen, ...facts });

  const ofTicket = ({
    ticket: { clientId },
    user,
  }: {
    readonly ticket: PasswordTicket;
    readonly user: UserRecord;
  }) => ({
    client: clientId === undefined ? undefined : store.clients.find(clientId),
    variables: { email: user.email ?? user.username ?? '' },
  });

  /** Starts the Actions of `post-change-password` and does not wait for them. */
  function startPostChangePassword(
    ctx: WebContext,
    user: UserRecord,
    { id, name, strategy, metadata }: ConnectionRecord,
  ): void {
    const facts = requestInfo(ctx);
    const { user_id, email, username, last_password_reset, email_verified } = user;
    deps.sideTriggers?.start(
      'post-change-password',
      {
        connection: { id, name, strategy, ...(Object.keys(metadata).length > 0 && { metadata: { ...metadata } }) },
        request: actionRequest(facts, { body: false }),
        user: {
          user_id,
          email_verified,
          app_metadata: user.app_metadata,
          user_metadata: user.user_metadata,
          ...(email !== undefined && { email }),
          ...(username !== undefined && { username }),
          ...(last_password_reset !== undefined && { last_password_reset }),
        },
      },
      { ip: facts.ip, hostname: facts.hostname },
    );
  }

  function logChange(
    ctx: WebContext,
    { user, ticket }: { readonly user: UserRecord; readonly ticket: PasswordTicket },
    type: 'scp' | 'fcp',
    description: string,
  ): void {
    const { ip, hostname, userAgent } = requestInfo(ctx);
    const client = ticket.clientId === undefined ? undefined : store.clients.find(ticket.clientId);
    const connection = databaseOfUser(store, user);
    log.write({
      type,
      description,
      ip,
      hostname,
      user_id: user.user_id,
      user_name: user.email ?? user.username ?? user.user_id,
      details: {
        title: 'Change Password',
        ...(user.email !== undefined && { email: user.email }),
        ...(type === 'fcp' && { description }),
        body: { ticket: MASKED, newPassword: MASKED, confirmNewPassword: MASKED },
        query: {
          user_id: user.user_id,
          ...(user.email !== undefined && { email: user.email }),
          ...(user.username !== undefined && { username: user.username }),
          ...(connection !== undefined && { connection: connection.name }),
          ...(client !== undefined && { client_id: client.client_id }),
          ...(ticket.resultUrl !== undefined && { resultUrl: ticket.resultUrl }),
          markEmailAsVerified: ticket.marksEmailAsVerified,
          includeEmailInRedirect: ticket.includeEmailInRedirect === true,
        },
      },
      ...(userAgent === undefined ? {} : { user_agent: userAgent }),
      ...(client === undefined ? {} : { client_id: client.client_id, client_name: client.name }),
      ...(connection === undefined
        ? {}
        : {
            connection: connection.name,
            connection_id: connection.id,
            strategy: connection.strategy,
            strategy_type: 'database',
          }),
    });
  }

  return { request, choose };
}

/** Replaces the members of the form in the log. */
const MASKED = '*****';

/** The `result_url` of the ticket with the result. The page itself was chosen by the creator of the ticket. */
function afterReset(
  resultUrl: string,
  { user, ticket }: { readonly user: UserRecord; readonly ticket: PasswordTicket },
): string {
  const url = new URL(resultUrl);
  if (ticket.includeEmailInRedirect === true && user.email !== undefined) url.searchParams.set('email', user.email);
  url.searchParams.set('success', 'true');
  url.searchParams.set('code', 'success');
  url.searchParams.set('message', 'You can now login to the application with the new password.');
  return url.href;
}

function refuse(ctx: WebContext): void {
  showError(ctx, {
    status: 400,
    error: 'invalid_ticket',
    description: 'This link to reset a password has expired or was already used. Request a new one.',
  });
}
