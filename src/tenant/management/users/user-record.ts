import { profileDefaults } from '../../authentication/accounts/profile-defaults.ts';
import { hexadecimalId } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import { withoutNulls } from '../http/json-members.ts';
import type { NewUserBody, UserPatchBody } from './user-body.ts';

const profileMembers = ['given_name', 'family_name', 'name', 'nickname', 'picture', 'phone_number'] as const;

/**
 * A new user of a database connection, with the profile that Auth0 derives from an e-mail address.
 *
 * @see Auth0 docs: "User Profile Structure"
 */
export function newUser(body: NewUserBody, connection: ConnectionRecord, at: string): UserRecord {
  const identity = body.user_id || hexadecimalId();
  const record: UserRecord = {
    user_id: `auth0|${identity}`,
    email_verified: body.email_verified ?? false,
    ...(body.email !== undefined && { email: body.email.toLowerCase() }),
    ...(body.username !== undefined && { username: body.username.toLowerCase() }),
    ...(body.phone_verified !== undefined && { phone_verified: body.phone_verified }),
    ...(body.blocked !== undefined && { blocked: body.blocked }),
    ...profileDefaults(body.email ?? body.username ?? body.phone_number ?? identity),
    user_metadata: withoutNulls(body.user_metadata ?? {}),
    app_metadata: withoutNulls(body.app_metadata ?? {}),
    identities: [{ connection: connection.name, user_id: identity, provider: 'auth0', isSocial: false }],
    created_at: at,
    updated_at: at,
    logins_count: 0,
  };
  return withProfile(record, body);
}

/**
 * A copy with the members of the body. Metadata is merged one level deep: `null` removes a member, an empty object
 * removes all of them. A new e-mail address is unverified unless the body says otherwise.
 *
 * @see Auth0 docs: "Manage User Metadata with the Management API"
 */
export function patchedUser(record: UserRecord, body: UserPatchBody, at: string): UserRecord {
  const newEmail = body.email !== undefined && body.email.toLowerCase() !== record.email?.toLowerCase();
  const next: UserRecord = {
    ...record,
    ...(newEmail && { email: body.email?.toLowerCase() ?? '', email_verified: false }),
    ...(body.email_verified !== undefined && { email_verified: body.email_verified }),
    ...(body.username !== undefined && { username: body.username.toLowerCase() }),
    ...(body.phone_verified !== undefined && { phone_verified: body.phone_verified }),
    ...(body.blocked !== undefined && { blocked: body.blocked }),
    ...(body.password !== undefined && { last_password_reset: at }),
    user_metadata: merged(record.user_metadata, body.user_metadata),
    app_metadata: merged(record.app_metadata, body.app_metadata),
    updated_at: at,
  };
  return withProfile(next, body);
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

function withProfile(record: UserRecord, body: NewUserBody | UserPatchBody): UserRecord {
  const next = { ...record };
  for (const member of profileMembers) {
    const value = body[member];
    if (value === null) delete next[member];
    else if (value !== undefined) next[member] = value;
  }
  return next;
}

function merged(present: JsonObject, given: Record<string, unknown> | undefined): JsonObject {
  if (given === undefined) return present;
  if (Object.keys(given).length === 0) return {};
  return withoutNulls({ ...present, ...given });
}
