import type { SideOutcome, SideTriggers } from '../../actions/triggers/side-triggers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { actionRequest } from '../http/action-request.ts';
import type { RequestInfo } from '../http/request-info.ts';
import type { FormProblem } from '../universal-login/forms/form-problem.ts';
import type { AuthenticationRequest } from './authentication-log-entry.ts';

type SignUpContext = AuthenticationRequest & { readonly facts?: RequestInfo; readonly transaction?: JsonObject };

/** Members of the profile that `pre-user-registration` shows, before the user exists. */
const PROFILE_MEMBERS = [
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

const NO_EFFECTS = {
  kind: 'continue',
  accessTokenClaims: {},
  userMetadata: {},
  appMetadata: {},
  executions: [],
} as const;

/**
 * Runs the Actions before a sign-up and returns their outcome.
 *
 * @example
 * const outcome = await beforeSignUp(sideTriggers, request, connection, user);
 * @see Auth0 docs: "Actions Triggers: pre-user-registration".
 */
export async function beforeSignUp(
  triggers: SideTriggers | undefined,
  request: SignUpContext,
  connection: ConnectionRecord,
  user: UserRecord,
): Promise<SideOutcome> {
  if (triggers === undefined) return NO_EFFECTS;
  const profile = profileOf(user);
  const futureUser = withoutAbsent(Object.fromEntries(PROFILE_MEMBERS.map((name) => [name, profile[name]])));
  const event = eventOf(request, connection, futureUser, { body: true });
  return triggers.run('pre-user-registration', event, triggerRequest(request));
}

/**
 * Starts the Actions after a sign-up and does not wait for them.
 *
 * @example
 * afterSignUp(sideTriggers, request, connection, user);
 * @see Auth0 docs: "Actions Triggers: post-user-registration".
 */
export function afterSignUp(
  triggers: SideTriggers | undefined,
  request: SignUpContext,
  connection: ConnectionRecord,
  user: UserRecord,
): void {
  const event = eventOf(request, connection, profileOf(user), { body: false });
  triggers?.start('post-user-registration', event, triggerRequest(request));
}

/** The code of a sign-up that an Action denied. */
export const DENIED_BY_ACTION = 'extensibility-error';

/** The message for a user whose sign-up was denied. The Action's internal reason is for the log only. */
export function deniedSignUp(userMessage: string | undefined): FormProblem<never> {
  const message = userMessage || 'You may not sign up here.';
  return { field: 'form', code: DENIED_BY_ACTION, message };
}

/** The user with the metadata that the Actions set. */
export function withMetadata(user: UserRecord, outcome: Extract<SideOutcome, { kind: 'continue' }>): UserRecord {
  return {
    ...user,
    user_metadata: withoutAbsent({ ...user.user_metadata, ...outcome.userMetadata }),
    app_metadata: withoutAbsent({ ...user.app_metadata, ...outcome.appMetadata }),
  };
}

function eventOf(
  { client, ip, hostname, facts, transaction }: SignUpContext,
  connection: ConnectionRecord,
  user: JsonObject,
  include: { readonly body: boolean },
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
    request: facts === undefined ? { ip, hostname, geoip: {} } : actionRequest(facts, include),
    user,
  };
}

function profileOf(user: UserRecord): JsonObject {
  const { logins_count: _count, identities, ...profile } = user;
  return withoutAbsent({
    ...profile,
    identities: identities.map((identity) => ({ ...identity })),
  } as unknown as JsonObject);
}

function triggerRequest({ ip, hostname, client }: AuthenticationRequest) {
  return { ip, hostname, client_id: client.client_id };
}

function withoutAbsent(members: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));
}
