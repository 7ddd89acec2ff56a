import type { SideOutcome, SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { actionRequest } from '../http/action-request.ts';
import type { RequestInfo } from '../http/web-context.ts';
import type { FormProblem } from '../universal-login/forms/form-problem.ts';
import type { AuthenticationRequest } from './authentication-log-entry.ts';

type SigningUp = AuthenticationRequest & { readonly facts?: RequestInfo; readonly transaction?: JsonObject };

/** What is known of somebody who is not there yet. */
const BEFORE = [
  'app_metadata',
  'email',
  'family_name',
  'given_name',
  'name',
  'nickname',
  'phone_number',
  'picture',
  'user_metadata',
  'username',
] as const;

const NOTHING_SAID = {
  kind: 'continue',
  accessTokenClaims: {},
  userMetadata: {},
  appMetadata: {},
  executions: [],
} as const;

/**
 * What the Actions before a sign-up say of it.
 *
 * @example
 * const said = await beforeSignUp(sideTriggers, request, connection, user);
 * @see Auth0 docs: "Actions Triggers: pre-user-registration".
 */
export async function beforeSignUp(
  triggers: SideTriggers | undefined,
  request: SigningUp,
  connection: ConnectionRecord,
  user: UserRecord,
): Promise<SideOutcome> {
  if (triggers === undefined) return NOTHING_SAID;
  const shown = profileOf(user);
  const person = known(Object.fromEntries(BEFORE.map((name) => [name, shown[name]])));
  const event = eventOf(request, connection, person, { body: true });
  return triggers.run('pre-user-registration', event, whoAsks(request));
}

/**
 * Lets the Actions after a sign-up begin; nobody waits for them.
 *
 * @example
 * afterSignUp(sideTriggers, request, connection, user);
 * @see Auth0 docs: "Actions Triggers: post-user-registration".
 */
export function afterSignUp(
  triggers: SideTriggers | undefined,
  request: SigningUp,
  connection: ConnectionRecord,
  user: UserRecord,
): void {
  const event = eventOf(request, connection, profileOf(user), { body: false });
  triggers?.start('post-user-registration', event, whoAsks(request));
}

/** The code of a sign-up that an Action ended. */
export const DENIED_BY_ACTION = 'extensibility-error';

/** The words for whoever may not sign up; what the Action calls the reason is for the log. */
export function deniedSignUp(userMessage: string | undefined): FormProblem<never> {
  const message = userMessage || 'You may not sign up here.';
  return { field: 'form', code: DENIED_BY_ACTION, message };
}

/** The user with what the Actions said about them. */
export function withMetadata(user: UserRecord, said: Extract<SideOutcome, { kind: 'continue' }>): UserRecord {
  return {
    ...user,
    user_metadata: known({ ...user.user_metadata, ...said.userMetadata }),
    app_metadata: known({ ...user.app_metadata, ...said.appMetadata }),
  };
}

function eventOf(
  { client, ip, hostname, facts, transaction }: SigningUp,
  connection: ConnectionRecord,
  user: JsonObject,
  shown: { readonly body: boolean },
): JsonObject {
  return {
    client: { client_id: client.client_id, name: client.name, metadata: { ...client.client_metadata } },
    connection: {
      id: connection.id,
      name: connection.name,
      strategy: connection.strategy,
      ...(Object.keys(connection.metadata).length > 0 && { metadata: { ...connection.metadata } }),
    },
    ...(transaction !== undefined && { transaction }),
    request: facts === undefined ? { ip, hostname, geoip: {} } : actionRequest(facts, shown),
    user,
  };
}

function profileOf(user: UserRecord): JsonObject {
  const { logins_count: _count, identities, ...shown } = user;
  return known({ ...shown, identities: identities.map((identity) => ({ ...identity })) } as unknown as JsonObject);
}

function whoAsks({ ip, hostname, client }: AuthenticationRequest) {
  return { ip, hostname, client_id: client.client_id };
}

function known(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
}
