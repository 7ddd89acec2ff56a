import type { Management } from 'auth0';
import { profileDefaults } from '../../authentication/accounts/profile-defaults.ts';
import { hexadecimalId } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { splitMembers, withoutNulls } from '../http/json-members.ts';

type NewUserBody = Management.CreateUserRequestContent;
/** A change of a user. An identifier or a password is never removed by `null`. */
export type UserPatchBody = Omit<Management.UpdateUserRequestContent, 'email' | 'username' | 'password'> & {
  readonly email?: string;
  readonly username?: string;
  readonly password?: string;
};

/** Members that a body replaces as they are, and `null` removes. */
const replaced = [
  ...['given_name', 'family_name', 'name', 'nickname', 'picture', 'phone_number'],
  ...['email_verified', 'phone_verified', 'blocked'],
];

/**
 * A new user of a database connection, with the profile that Auth0 derives from an e-mail address.
 *
 * @see Auth0 docs: "User Profile Structure"
 */
export function newUser(body: NewUserBody, connection: ConnectionRecord, at: string): UserRecord {
  const identity = body.user_id || hexadecimalId();
  return withMembers(body, {
    user_id: `auth0|${identity}`,
    email_verified: false,
    email: body.email?.toLowerCase(),
    username: body.username?.toLowerCase(),
    ...profileDefaults(body.email ?? body.username ?? body.phone_number ?? identity),
    user_metadata: withoutNulls(body.user_metadata ?? {}),
    app_metadata: withoutNulls(body.app_metadata ?? {}),
    identities: [{ connection: connection.name, user_id: identity, provider: 'auth0', isSocial: false }],
    created_at: at,
    updated_at: at,
    logins_count: 0,
  });
}

/**
 * A copy with the members of the body. Metadata is merged one level deep: `null` removes a member, an empty object
 * removes all of them. A new e-mail address is unverified unless the body says otherwise.
 *
 * @see Auth0 docs: "Manage User Metadata with the Management API"
 */
export function patchedUser(record: UserRecord, body: UserPatchBody, at: string): UserRecord {
  const email = body.email?.toLowerCase();
  return withMembers(body, {
    ...record,
    ...(email !== undefined && email !== record.email?.toLowerCase() && { email, email_verified: false }),
    username: body.username?.toLowerCase() ?? record.username,
    ...(body.password !== undefined && { last_password_reset: at }),
    user_metadata: merged(record.user_metadata, body.user_metadata),
    app_metadata: merged(record.app_metadata, body.app_metadata),
    updated_at: at,
  });
}

/** A user as the API returns it. */
export function userAnswer(record: UserRecord): JsonObject {
  const { user_metadata, app_metadata, logins_count, identities, ...rest } = record;
  return {
    ...rest,
    identities: identities.map((identity) => ({ ...identity })),
    ...(Object.keys(user_metadata).length > 0 && { user_metadata }),
    ...(Object.keys(app_metadata).length > 0 && { app_metadata }),
    ...(logins_count > 0 && { logins_count }),
  };
}

/** A user as the answer to a change shows it: with the user's own metadata, even if the change has emptied it. */
export function changedUserAnswer(record: UserRecord, { user_metadata }: UserPatchBody): JsonObject {
  return { ...userAnswer(record), ...(user_metadata !== undefined && { user_metadata: record.user_metadata }) };
}

function withMembers(body: object, record: object): UserRecord {
  return withoutNulls({ ...record, ...splitMembers(body, replaced).own }) as unknown as UserRecord;
}

function merged(present: JsonObject, given: Record<string, unknown> | undefined): JsonObject {
  if (given === undefined) return present;
  if (Object.keys(given).length === 0) return {};
  return withoutNulls({ ...present, ...given });
}
