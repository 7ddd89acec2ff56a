import type Provider from 'oidc-provider';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { Store } from '../../store/store.ts';
import type { AuthenticationRequest } from '../accounts/authentication-log-entry.ts';
import { enabledDatabase } from '../accounts/enabled-connection.ts';
import { showError } from '../http/page-answers.ts';
import { requestInfo, type WebContext } from '../http/web-context.ts';
import { organizationNamed, servesOrganization } from './organization.ts';
import { originalRequest } from './original-request.ts';
import type { PendingLogin, PendingLogins } from './pending-logins.ts';

export interface OpenLoginDependencies {
  readonly store: Store;
  readonly provider: Provider;
  readonly pending: PendingLogins;
}

/** A login that waits for its person at one of the pages. */
export interface OpenLogin {
  readonly pending: PendingLogin;
  readonly client: ClientRecord;
  /** What the application asked for. */
  readonly asked: Readonly<Record<string, string>>;
  /** The organization that it is for, if any. */
  readonly organization: OrganizationRecord | undefined;
}

/**
 * The login that a page of Universal Login is for, by its `state`. Where this browser has none, the error page is
 * answered.
 *
 * @example
 * const login = await openLogin(deps, ctx);
 * if (login === undefined) return;
 */
export async function openLogin(deps: OpenLoginDependencies, ctx: WebContext): Promise<OpenLogin | undefined> {
  const { store } = deps;
  const { query, form } = requestInfo(ctx);
  const echoed = form.get('state');
  const login = echoed !== null && echoed !== query.state ? undefined : deps.pending.find(ctx, query.state, 'login');
  const interaction = login === undefined ? undefined : await deps.provider.Interaction.find(login.state);
  const client = deps.store.clients.find(String(interaction?.params.client_id ?? ''));
  if (login === undefined || interaction === undefined || client === undefined) {
    showError(ctx, {
      status: 400,
      error: 'invalid_request',
      description:
        'There is no such login under way in this browser: it is over, it took too long, or it began elsewhere. Start again at the application.',
    });
    return undefined;
  }
  const asked = originalRequest(interaction.params);
  const wanted = asked.organization;
  const organization = wanted ? organizationNamed(store, wanted) : undefined;
  return { pending: login, client, asked, organization };
}

/** Who asks, for the log. */
export function authenticationRequest(ctx: WebContext, client: ClientRecord): AuthenticationRequest {
  const { ip, hostname, userAgent } = requestInfo(ctx);
  return { client, ip, hostname, ...(userAgent === undefined ? {} : { userAgent }) };
}

/** Where a page of the login is. */
export function pathOf(page: string, login: OpenLogin): string {
  return `/u/${page}?state=${encodeURIComponent(login.pending.state)}`;
}

/** The database that the page is for; none where the request asks for an identity provider. */
export function databaseOf(store: Store, { client, asked, organization }: OpenLogin): ConnectionRecord | undefined {
  const wanted = asked.connection === undefined || asked.connection === '' ? undefined : asked.connection;
  return enabledDatabase(store, client.client_id, wanted, (connection) => servesOrganization(organization, connection));
}
