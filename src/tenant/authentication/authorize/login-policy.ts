import { errors, interactionPolicy } from 'oidc-provider';
import type { Store } from '../../store/store.ts';
import type { OidcContext } from '../http/web-context.ts';
import { clientRecordOf } from '../provider/tenant-client.ts';
import { connectionOfAcr } from './connection-acr.ts';
import { organizationAsked, servesOrganization } from './organization.ts';
import { originalRequest } from './original-request.ts';
import type { PostLogin } from './post-login.ts';

const { Check, Prompt } = interactionPolicy;

/**
 * What an authorization request has to pass: first somebody must be signed in, in the way that is asked for; then the
 * post-login Actions must let the login through. They run within the request, so that a visitor with a session sees
 * no page at all; an Action that redirects counts as a page that is to be shown.
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
  login.checks.add(new Check('organization', 'Organization', 'invalid_request', (ctx) => asksWrongly(store, ctx)), 0);
  login.checks.add(new Check('no_session', 'Login required', 'login_required', hasNobody), 1);
  login.checks.add(new Check('max_age', 'Login required', 'login_required', isTooLongAgo));
  login.checks.add(
    new Check('connection', 'Login required', 'login_required', (ctx) => cameThroughAnotherConnection(store, ctx)),
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

/** Throws where the organization that is asked for is none. Before anybody is asked who they are. */
function asksWrongly(store: Store, { oidc }: OidcContext): boolean {
  organizationAsked(store, clientRecordOf(oidc.client), originalRequest(oidc.params));
  return false;
}

/** Nobody, or somebody who has been deleted since. */
function hasNobody({ oidc }: OidcContext): boolean {
  return oidc.session?.accountId === undefined || oidc.account === undefined;
}

function isTooLongAgo({ oidc }: OidcContext): boolean {
  const maxAge = originalRequest(oidc.params).max_age;
  if (maxAge === undefined || maxAge === '' || oidc.result?.login !== undefined) return false;
  const seconds = Number(maxAge);
  return !Number.isSafeInteger(seconds) || seconds <= 0 || oidc.session?.past(seconds) !== false;
}

/** A session serves an application only if its connection is open to it, and is the one asked for, if any is. */
function cameThroughAnotherConnection(store: Store, { oidc }: OidcContext): boolean {
  const client = clientRecordOf(oidc.client);
  const wanted = originalRequest(oidc.params).connection || undefined;
  if (wanted !== undefined) {
    const asked = store.connections.findByName(wanted);
    if (asked === undefined || !asked.enabled_clients.includes(client.client_id)) {
      throw new errors.InvalidRequest('the connection was not enabled');
    }
  }
  const organization = organizationAsked(store, client, originalRequest(oidc.params));
  if (oidc.session?.accountId === undefined || oidc.result?.login !== undefined) return false;
  const connectionId = connectionOfAcr(oidc.session.acr);
  const connection = connectionId === undefined ? undefined : store.connections.find(connectionId);
  if (connection === undefined || !connection.enabled_clients.includes(client.client_id)) return true;
  if (!servesOrganization(organization, connection)) return true;
  return wanted !== undefined && wanted !== connection.name;
}
