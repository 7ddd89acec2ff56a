import type { Store } from '../../store/store.ts';
import { enabledDatabase } from '../accounts/enabled-connection.ts';
import type { OidcContext } from '../http/web-context.ts';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { entryPath } from '../universal-login/identifier-first.ts';
import { loginProgress } from './login-progress.ts';
import { servesOrganization } from './organizations/organization.ts';
import { originalRequest } from './original-request.ts';

/**
 * The path of a login's first page. The request may ask for the sign-up page or for an identity provider, and so may an invitation: a
 * user who follows one and has no account yet makes one.
 *
 * @example
 * firstPage(store, ctx, 'abc'); // '/u/login?state=abc'
 */
export function firstPage(store: Store, ctx: OidcContext, state: string): string {
  const { invitation, organization } = loginProgress(ctx);
  const { client_id } = clientRecordOf(ctx.oidc.client);
  const parameters = originalRequest(ctx.oidc.params);
  const query = `?state=${encodeURIComponent(state)}`;
  const named = parameters.connection === undefined ? undefined : store.connections.findByName(parameters.connection);
  const connection = invitation?.connectionId === undefined ? named : store.connections.find(invitation.connectionId);
  if (connection !== undefined && connection.strategy !== 'auth0' && connection.enabled_clients.includes(client_id)) {
    return `/u/social/${encodeURIComponent(connection.name)}${query}`;
  }
  const database =
    invitation && enabledDatabase(store, client_id, undefined, (one) => servesOrganization(organization, one));
  const isNew = database && store.users.findInConnection(database.name, { email: invitation.email }) === undefined;
  // The sign-up page leads on to the login page if there is no sign-up.
  return parameters.screen_hint === 'signup' || isNew
    ? `/u/${entryPath(store, 'signup')}${query}`
    : `/u/${entryPath(store, 'login')}${query}`;
}
