import type { TenantLog } from '../../../logs/tenant-log.ts';
import { enabledTemplate } from '../../../mails/mail-template.ts';
import { sendMail } from '../../../mails/send-mail.ts';
import type { UserRecord } from '../../../store/records/users/user-row.ts';
import type { Store } from '../../../store/store.ts';
import { requestInfo } from '../../authorize/login-progress.ts';
import { redirectBrowser, showError, showPage } from '../../http/page-responses.ts';
import type { WebContext } from '../../http/web-context.ts';
import { emailVerifiedPage } from '../../universal-login/pages/email-verified-page.ts';
import { screenContent } from '../../universal-login/screen-content.ts';
import { readVerificationTicket, useVerificationTicket, type VerificationTicket } from './verification-ticket.ts';

/** Messages of a verification, for the page or for the ticket's `result_url`. */
export const verificationMessages = {
  success: 'Your email was verified. You can continue using the application.',
  unknown: 'User account does not exist or verification code is invalid.',
  used: 'This URL can be used only once',
  expired: 'Access expired.',
} as const;

type Outcome = keyof typeof verificationMessages;

export interface VerifyEmailDependencies {
  readonly store: Store;
  readonly log: TenantLog;
}

/**
 * `/u/email-verification?ticket=…`: verifies the address of the ticket and redirects to its `result_url`, with `success`,
 * `message`, `code` and, if the ticket asks for it, `email`.
 *
 * @example
 * '/u/email-verification': { GET: async (ctx) => showVerification({ store, log }, ctx) },
 * @see Auth0 docs: "Redirect Users After Email Verification", "Log Event Type Codes" (`sv`, `fv`).
 */
export function showVerification(deps: VerifyEmailDependencies, ctx: WebContext): void {
  const { outcome, ticket } = verifyEmail(deps.store, requestInfo(ctx).query.ticket);
  const message = verificationMessages[outcome];
  const success = outcome === 'success';
  logVerification(deps, ctx, ticket, success, message);
  const target = ticket?.resultUrl === undefined ? null : URL.parse(ticket.resultUrl);
  if (ticket !== undefined && target !== null) {
    if (ticket.includeEmailInRedirect) target.searchParams.set('email', ticket.email);
    target.searchParams.set('success', String(success));
    if (success) target.searchParams.set('code', 'success');
    target.searchParams.set('message', message);
    redirectBrowser(ctx, target.href);
  } else if (!success) {
    showError(ctx, { status: 400, error: 'invalid_ticket', description: message });
  } else {
    const client = ticket?.clientId === undefined ? undefined : deps.store.clients.find(ticket.clientId);
    const request = { prompt: 'email-verification', screen: 'email-verification-result', client };
    showPage(ctx, emailVerifiedPage(screenContent(deps.store, ctx, request), message));
  }
}

/**
 * Uses a ticket: either the user's address becomes verified, or nothing changes.
 *
 * @param secret the `ticket` parameter of the link.
 * @example
 * verifyEmail(store, query.ticket).outcome; // 'success'
 */
export function verifyEmail(
  store: Store,
  secret: string | undefined,
): { readonly outcome: Outcome; readonly ticket?: VerificationTicket } {
  const reading = readVerificationTicket(store, secret);
  if (reading.state === 'unknown' || secret === undefined) return { outcome: 'unknown' };
  const { ticket } = reading;
  if (reading.state !== 'good') return { outcome: reading.state, ticket };
  return store.transaction(() => {
    const user = store.users.find(ticket.userId);
    const next = user && withVerified(user, ticket, new Date().toISOString());
    if (next === undefined) return { outcome: 'unknown', ticket };
    if (!useVerificationTicket(store, secret)) return { outcome: 'used', ticket };
    store.users.update(next);
    sendWelcomeMail(store, next, ticket);
    return { outcome: 'success', ticket };
  });
}

/** Auth0 sends this mail once the address is verified, and only if its template is enabled. */
function sendWelcomeMail(store: Store, user: UserRecord, { email, clientId }: VerificationTicket): void {
  if (enabledTemplate(store, 'welcome_email') === undefined) return;
  const client = clientId === undefined ? undefined : store.clients.find(clientId);
  const connection = user.identities[0]?.connection;
  sendMail(store, {
    template: 'welcome_email',
    to: email,
    subject: 'Welcome',
    text: `Your address ${email} is verified.\n`,
    facts: { user, client, connection },
  });
}

/** A copy with the address verified; nothing if the account has another address now, or is linked to another user. */
function withVerified(user: UserRecord, { identity, email }: VerificationTicket, at: string): UserRecord | undefined {
  const index = user.identities.findIndex(
    ({ provider, user_id }) => identity?.provider === provider && identity.userId === user_id,
  );
  const linked = user.identities[index];
  if (identity !== undefined && linked === undefined) return undefined;
  if (linked === undefined || index === 0) {
    return user.email === email ? { ...user, email_verified: true, updated_at: at } : undefined;
  }
  if (linked.profileData?.email !== email) return undefined;
  const profileData = { ...linked.profileData, email_verified: true };
  return { ...user, identities: user.identities.with(index, { ...linked, profileData }), updated_at: at };
}

function logVerification(
  { store, log }: VerifyEmailDependencies,
  ctx: WebContext,
  ticket: VerificationTicket | undefined,
  success: boolean,
  description: string,
): void {
  const { ip, hostname, userAgent } = requestInfo(ctx);
  const user = ticket && store.users.find(ticket.userId);
  const client = ticket?.clientId === undefined ? undefined : store.clients.find(ticket.clientId);
  const connection = user?.identities[0] && store.connections.findByName(user.identities[0].connection);
  log.write({
    type: success ? 'sv' : 'fv',
    description,
    ip,
    hostname,
    ...(userAgent !== undefined && { user_agent: userAgent }),
    ...(user !== undefined && { user_id: user.user_id, user_name: user.email ?? user.user_id }),
    ...(client !== undefined && { client_id: client.client_id, client_name: client.name }),
    ...(connection !== undefined && {
      connection: connection.name,
      connection_id: connection.id,
      strategy: connection.strategy,
      strategy_type: connection.strategy === 'auth0' ? 'database' : 'social',
    }),
    details: {
      title: success ? 'Email verified' : 'Email verification',
      body: { ticket: '*****' },
      ...(ticket !== undefined && { email: ticket.email }),
      query: {
        ...(ticket !== undefined && { user_id: ticket.userId, email: ticket.email }),
        ...(client !== undefined && { client_id: client.client_id }),
        ...(connection !== undefined && { connection: connection.name }),
        ...(ticket?.resultUrl !== undefined && { resultUrl: ticket.resultUrl }),
        ...(ticket !== undefined && { includeEmailInRedirect: ticket.includeEmailInRedirect }),
      },
    },
  });
}
