import { errors } from 'oidc-provider';
import type { Store } from '../../store/store.ts';
import { loginProgress, type OidcContext } from '../http/web-context.ts';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { connectionOfAcr } from './connection-acr.ts';
import type { Login } from './login.ts';
import { ensureMembership, requestedOrganization } from './organization.ts';
import { originalRequest } from './original-request.ts';
import { recheckCallback } from './recheck-login.ts';

/**
 * The login of the request's session: its user, application and connection.
 *
 * @throws `access_denied` if the user or the connection is gone
 */
export function resolveLogin(store: Store, ctx: OidcContext): Login {
  const { session } = ctx.oidc;
  const client = clientRecordOf(ctx.oidc.client);
  const progress = loginProgress(ctx);
  progress.client = client;
  const user = session?.accountId === undefined ? undefined : store.users.find(session.accountId);
  const connectionId = connectionOfAcr(session?.acr);
  const connection = connectionId === undefined ? undefined : store.connections.find(connectionId);
  if (session === undefined || user === undefined || connection === undefined) {
    throw new errors.AccessDenied('The user or the connection of this login is gone.');
  }
  progress.user = user;
  progress.connection = connection;
  // Auth0 has one `sid` for a session in all applications.
  session.sidFor(client.client_id, session.uid);
  return { user, client, connection, organization: undefined, session };
}

/**
 * The login with its organization, if the tenant allows it. This check comes before the Actions.
 *
 * @throws if the user is blocked, the application needs consent, or the user is not a member of the organization
 */
export function assertLoginAllowed(store: Store, ctx: OidcContext, login: Login): Login {
  const { user, client, connection } = login;
  recheckCallback(store, ctx, client);
  if (user.blocked === true) throw new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
  if (!client.is_first_party) {
    throw new errors.ConsentRequired('Third-party applications need consent, which this tenant cannot ask for.');
  }
  const organization = requestedOrganization(store, client, originalRequest(ctx.oidc.params));
  if (organization !== undefined) ensureMembership(store, organization, user, connection);
  return { ...login, organization };
}
