import type Provider from 'oidc-provider';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import type { AuthenticationRequest } from '../accounts/authentication-log-entry.ts';
import { enabledDatabase } from '../accounts/enabled-connection.ts';
import { showError } from '../http/page-responses.ts';
import type { WebContext } from '../http/web-context.ts';
import { requestInfo } from './login-progress.ts';
import { findInvitation, type Invitation } from './organizations/invitation.ts';
import { findOrganization, servesOrganization } from './organizations/organization.ts';
import { originalRequest } from './original-request.ts';
import type { PendingLogin, PendingLogins } from './pending-logins.ts';

export interface OpenLoginDependencies {
  readonly store: Store;
  readonly provider: Provider;
  readonly pending: PendingLogins;
}

/** A login that waits for its user on one of the pages. */
export interface OpenLogin {
  readonly pending: PendingLogin;
  readonly client: ClientRecord;
  /** The parameters of the application's authorization request. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The organization of the login, if any. */
  readonly organization: OrganizationRecord | undefined;
  /** The invitation that the user follows. */
  readonly invitation: Invitation | undefined;
  /** The address that the pages begin with: of the invitation that the user follows, or else the application's hint. */
  readonly hint: string | undefined;
}

/**
 * The login of a Universal Login page, found by its `state`. If this browser has no such login, this function answers
 * with the error page.
 *
 * @example
 * const login = await openLogin(deps, ctx);
 * if (login === undefined) return;
 */
export async function openLogin(deps: OpenLoginDependencies, ctx: WebContext): Promise<OpenLogin | undefined> {
  const { store } = deps;
  const { query, form } = requestInfo(ctx);
  const echoed = form.get('state');
  const login = echoed !== null && echoed !== query.state ? undefined : deps.pending.find(ctx, query.state, 'sign-in');
  const interaction = login === undefined ? undefined : await deps.provider.Interaction.find(login.state);
  const client = deps.store.clients.find(String(interaction?.params.client_id ?? ''));
  if (login === undefined || interaction === undefined || client === undefined) {
    showError(ctx, {
      status: 400,
      error: 'invalid_request',
      description:
        'This browser has no such login: it has ended, has expired, or began in another browser. Start again at the application.',
    });
    return undefined;
  }
  const parameters = originalRequest(interaction.params);
  const organization = parameters.organization ? findOrganization(store, parameters.organization) : undefined;
  const invitation = findInvitation(store, parameters, organization);
  const hint = invitation?.email ?? parameters.login_hint;
  return { pending: login, client, parameters, organization, invitation, hint };
}

/** The request of an application, for the log. */
export function authenticationRequest(ctx: WebContext, client: ClientRecord): AuthenticationRequest {
  const { ip, hostname, userAgent } = requestInfo(ctx);
  return { client, ip, hostname, ...(userAgent === undefined ? {} : { userAgent }) };
}

/** The path of a page for the login. */
export function pathOf(page: string, login: OpenLogin): string {
  return `/u/${page}?state=${encodeURIComponent(login.pending.state)}`;
}

/** The facts of the login that the operator's changes to a page may name. */
export function screenFacts({ client, organization, parameters, hint = '' }: OpenLogin) {
  return { client, organization, locales: parameters.ui_locales, variables: { email: hint } };
}

/**
 * The database of the page; none if the request names the connection of an identity provider. The connection of an invitation counts
 * before that of the request: with another one, the invitation would be used up and not accepted.
 */
export function databaseOf(
  store: Store,
  { client, parameters, organization, invitation }: OpenLogin,
): ConnectionRecord | undefined {
  const invited = invitation?.connectionId === undefined ? undefined : store.connections.find(invitation.connectionId);
  const name = invited?.name ?? (parameters.connection || undefined);
  return enabledDatabase(store, client.client_id, name, (connection) => servesOrganization(organization, connection));
}
