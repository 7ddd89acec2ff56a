import { errors } from 'oidc-provider';
import { type JsonValue, objectOf } from '../../store/json-value.ts';
import type { ClientGrantRecord } from '../../store/records/applications/client-grant-repository.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ResourceServerRecord } from '../../store/records/applications/resource-server-repository.ts';
import type { Store } from '../../store/store.ts';

/** The subject of a token: the application itself, or a user that the application acts for. */
export type TokenSubject = 'client' | 'user';

/**
 * Checks the API's access policy for an application. The policy allows every application (for users only), requires a
 * client grant, or denies every application.
 *
 * @returns the client grant that limits the scopes; nothing if the policy requires none.
 * @throws `access_denied`, in Auth0's words.
 * @example
 * authorizeClient(store, client, api, 'user')?.scope;
 * @see Auth0 docs: "API Access Policies for Applications", "Application Access to APIs: Client Grants".
 */
export function authorizeClient(
  store: Store,
  client: ClientRecord,
  api: ResourceServerRecord,
  subject: TokenSubject,
): ClientGrantRecord | undefined {
  const policy = policyOf(api, subject);
  if (policy === 'allow_all') return undefined;
  const grant =
    policy === 'deny_all' ? undefined : store.clientGrants.findFor(client.client_id, api.identifier, subject);
  if (grant !== undefined) return grant;
  throw new errors.AccessDenied(
    `Client "${client.client_id}" is not authorized to access resource server "${api.identifier}".${
      policy === 'deny_all' ? '' : ' You need to create a "client-grant" associated to this API.'
    }`,
  );
}

/** The API's policy for the subject. An unreadable policy never means `allow_all`. */
function policyOf(api: ResourceServerRecord, subject: TokenSubject): 'allow_all' | 'require_client_grant' | 'deny_all' {
  const policy = member(member(api.other.subject_type_authorization, subject), 'policy');
  if (policy === 'deny_all') return policy;
  return subject === 'user' && (policy === undefined || policy === 'allow_all') ? 'allow_all' : 'require_client_grant';
}

function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return objectOf(value)[name];
}
