import { randomBytes } from 'node:crypto';
import type { SignInTicket } from '../authentication/accounts/sign-in-ticket.ts';
import type { ClientRecord } from '../store/records/applications/client-repository.ts';
import type { Store } from '../store/store.ts';

const LIFETIME_MS = 60_000;

/** Tickets that the console has issued. Each can be redeemed once, within a minute. */
export class SignInTickets {
  readonly #tickets = new Map<string, SignInTicket & { readonly until: number }>();

  issue(ticket: SignInTicket): string {
    const now = Date.now();
    for (const [value, { until }] of this.#tickets) if (until < now) this.#tickets.delete(value);
    const value = randomBytes(32).toString('base64url');
    this.#tickets.set(value, { ...ticket, until: now + LIFETIME_MS });
    return value;
  }

  redeem(value: string): SignInTicket | undefined {
    const ticket = this.#tickets.get(value);
    this.#tickets.delete(value);
    return ticket !== undefined && ticket.until >= Date.now() ? ticket : undefined;
  }
}

/**
 * Creates the content of a ticket for a user and an application, or returns why that is impossible.
 *
 * @param issuer with a slash at its end
 */
export function createTicket(
  store: Store,
  issuer: string,
  requested: { readonly userId: unknown; readonly clientId: unknown },
): SignInTicket | { readonly refusal: string } {
  const user = typeof requested.userId === 'string' ? store.users.find(requested.userId) : undefined;
  const client = typeof requested.clientId === 'string' ? store.clients.find(requested.clientId) : undefined;
  if (user === undefined || client === undefined) return { refusal: 'The user or the application no longer exists.' };
  const connection = user.identities
    .map(({ connection: name }) => store.connections.findByName(name))
    .find((found) => found?.enabled_clients.includes(client.client_id));
  if (connection === undefined) {
    return {
      refusal: `${client.name} does not sign people in with the connection of this user. Enable it there first.`,
    };
  }
  const returnTo = loginUrl(client, issuer);
  if (returnTo === undefined) return { refusal: `${client.name} has no callback URL, so no user can sign in to it.` };
  return { userId: user.user_id, connectionId: connection.id, returnTo };
}

/** The application's own login URL if it has registered one, so that it accepts the answer; otherwise an authorization request. */
function loginUrl(client: ClientRecord, issuer: string): string | undefined {
  const registered = client.other.initiate_login_uri;
  if (typeof registered === 'string' && /^https?:$/.test(URL.parse(registered)?.protocol ?? '')) return registered;
  const [callback] = client.callbacks;
  if (callback === undefined) return undefined;
  const query = new URLSearchParams({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid profile email',
    state: randomBytes(16).toString('base64url'),
  });
  return `${issuer}authorize?${query}`;
}
