import { errors, interactionPolicy } from 'oidc-provider';
import type { Store } from '../../store/store.ts';
import type { OidcContext } from '../http/web-context.ts';
import { assertWebOrigin } from '../provider/cors-origins.ts';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { connectionOfAcr } from './connection-acr.ts';
import { organizationUrls, requestedOrganization, servesOrganization } from './organization.ts';
import { originalRequest } from './original-request.ts';
import type { PostLogin } from './post-login.ts';

const { Check, Prompt } = interactionPolicy;

/**
 * The checks of an authorization request. First the user must be signed in as the request demands. Then the post-login
 * Actions must allow the login. They run within the request, so a user with a session sees no page at all. An Action
 * that redirects counts as a page to show.
 *
 * @example
 * new Provider(issuer, { interactions: { policy: loginPolicy(store, postLogin) } });
 * @see Auth0 docs: "Login Flow" (Actions), "Redirect with Actions", "Configure Silent Authentication".
 */
export function loginPolicy(store: Store, postLogin: PostLogin): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  const login = policy.get('login');
  if (login === undefined) throw new Error('The library has no login prompt.');
  login.checks.remove('no_session');
  login.checks.remove('max_age');
  login.checks.add(
    new Check('organization', 'Organization', 'invalid_request', (ctx) => checkOrganization(store, ctx)),
    0,
  );
  login.checks.add(new Check('web_origin', 'Web origin', 'invalid_request', (ctx) => checkWebOrigin(store, ctx)), 0);
  login.checks.add(new Check('no_session', 'Login required', 'login_required', hasNoUser), 2);
  login.checks.add(new Check('max_age', 'Login required', 'login_required', isLoginTooOld));
  login.checks.add(
    new Check('connection', 'Login required', 'login_required', (ctx) => needsAnotherConnection(store, ctx)),
  );
  for (const check of login.checks) check.description = 'Login required';
  policy.add(
    new Prompt(
      { name: 'post-login' },
      new Check(
        'actions',
        'External interaction required',
        'interaction_required',
        (ctx) => postLogin.check(ctx),
        (ctx) => postLogin.details(ctx),
      ),
    ),
  );
  return policy;
}

/** Throws if the requested organization is invalid. This check comes before the login page. */
function checkOrganization(store: Store, { oidc }: OidcContext): boolean {
  requestedOrganization(store, clientRecordOf(oidc.client), originalRequest(oidc.params));
  return false;
}

/** Throws if the response may not go to the window that waits for it. This check comes before all others. */
function checkWebOrigin(store: Store, { oidc }: OidcContext): boolean {
  const client = clientRecordOf(oidc.client);
  const { organization } = originalRequest(oidc.params);
  assertWebOrigin(organizationUrls(store, client, client.web_origins, organization), oidc.params ?? {});
  return false;
}

/** Whether the session has no user, or its user has been deleted. */
function hasNoUser({ oidc }: OidcContext): boolean {
  return oidc.session?.accountId === undefined || oidc.account === undefined;
}

function isLoginTooOld({ oidc }: OidcContext): boolean {
  const maxAge = originalRequest(oidc.params).max_age;
  if (maxAge === undefined || maxAge === '' || oidc.result?.login !== undefined) return false;
  const seconds = Number(maxAge);
  return !Number.isSafeInteger(seconds) || seconds <= 0 || oidc.session?.past(seconds) !== false;
}

/** Whether the session's connection is not enabled for the application, or is not the requested one. */
function needsAnotherConnection(store: Store, { oidc }: OidcContext): boolean {
  const client = clientRecordOf(oidc.client);
  const requested = originalRequest(oidc.params).connection || undefined;
  if (requested !== undefined) {
    const found = store.connections.findByName(requested);
    if (found === undefined || !found.enabled_clients.includes(client.client_id)) {
      throw new errors.InvalidRequest('the connection was not enabled');
    }
  }
  const organization = requestedOrganization(store, client, originalRequest(oidc.params));
  if (oidc.session?.accountId === undefined || oidc.result?.login !== undefined) return false;
  const connectionId = connectionOfAcr(oidc.session.acr);
  const connection = connectionId === undefined ? undefined : store.connections.find(connectionId);
  if (connection === undefined || !connection.enabled_clients.includes(client.client_id)) return true;
  if (!servesOrganization(organization, connection)) return true;
  return requested !== undefined && requested !== connection.name;
}
