import type Provider from 'oidc-provider';
import type { Store } from '../../store/store.ts';
import { startSession } from '../authorize/browser-session.ts';
import { acrOf } from '../authorize/connection-acr.ts';
import { requestInfo } from '../authorize/login-progress.ts';
import type { CookieAttributes } from '../authorize/pending-logins.ts';
import { redirectBrowser, showError } from '../http/page-responses.ts';
import type { WebContext } from '../http/web-context.ts';

/** A permission to sign in once as a user without a password: the operator wants to see what would happen. */
export interface SignInTicket {
  readonly userId: string;
  readonly connectionId: string;
  /** The URL that the browser is sent to afterwards. */
  readonly returnTo: string;
}

/** Takes the ticket, which can be used only once. Returns nothing if it does not exist. */
export type RedeemTicket = (ticket: string) => SignInTicket | undefined;

export const ticketPath = '/u/ticket';

/**
 * Signs the browser in as the ticket's user and redirects it. This only starts the session. An application then begins a
 * login as usual, which finds the session and runs the Actions as for any user.
 *
 * @example
 * await redeemTicket({ store, provider, cookie, redeem }, ctx);
 */
export async function redeemTicket(
  deps: {
    readonly store: Store;
    readonly provider: Provider;
    readonly cookie: CookieAttributes;
    readonly redeem: RedeemTicket;
  },
  ctx: WebContext,
): Promise<void> {
  const ticket = deps.redeem(requestInfo(ctx).query.ticket ?? '');
  const user = ticket === undefined ? undefined : deps.store.users.find(ticket.userId);
  const connection = ticket === undefined ? undefined : deps.store.connections.find(ticket.connectionId);
  if (ticket === undefined || user === undefined || connection === undefined) {
    const description = 'This link works once, within a minute of being made. Start the login again in the console.';
    return showError(ctx, { status: 400, error: 'invalid_request', description });
  }
  await startSession(deps.provider, deps.store, deps.cookie, ctx, {
    accountId: user.user_id,
    amr: [connection.strategy === 'auth0' ? 'pwd' : 'federated'],
    acr: acrOf(connection.id),
    loginTs: Math.floor(Date.now() / 1000),
  });
  redirectBrowser(ctx, ticket.returnTo);
}
