import { profileDefaults } from '../../authentication/accounts/profile-defaults.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { IdentityRecord, UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';

const profileMembers = [
  'email',
  'email_verified',
  'username',
  'phone_number',
  'phone_verified',
  'name',
  'nickname',
  'given_name',
  'family_name',
  'picture',
] as const;

/** An account by provider and id, either a user's own or a linked one. The connection decides if several have the id. */
export interface IdentityName {
  readonly provider: string;
  readonly userId: string;
  readonly connection?: ConnectionRecord | undefined;
}

/** Whether the identity has that name. */
export function isNamed(identity: IdentityRecord, { provider, userId, connection }: IdentityName): boolean {
  const named = identity.provider === provider && identity.user_id === userId;
  return named && (connection === undefined || connection.name === identity.connection);
}

/**
 * Makes an account a part of another: its identities, with their profile, are appended to the other's. The secondary user is
 * deleted with its metadata, roles, sessions and tokens. The user can still sign in with it as before, password included.
 *
 * @returns the primary user after the change
 * @example
 * store.transaction(() => linkAccounts(store, primary, secondary, new Date().toISOString()));
 * @see Auth0 docs: "Link User Accounts"
 */
export function linkAccounts(store: Store, primary: UserRecord, secondary: UserRecord, at: string): UserRecord {
  const [main, ...linked] = secondary.identities;
  const moved = main === undefined ? [] : [{ ...main, profileData: profileOf(secondary) }, ...linked];
  const passwords = moved.map(({ user_id }, index) => ({
    identityId: user_id,
    hash:
      index === 0
        ? store.users.passwordHash(secondary.user_id)
        : store.users.linkedPasswordHash(secondary.user_id, user_id),
  }));
  const next = { ...primary, identities: [...primary.identities, ...moved], updated_at: at };
  store.users.remove(secondary.user_id);
  store.users.update(next);
  for (const { identityId, hash } of passwords) {
    if (hash !== undefined) store.users.setLinkedPasswordHash(primary.user_id, identityId, hash);
  }
  return next;
}

/** The profile of an account. A name that is made of its address is not a part of it. */
export function profileOf(user: UserRecord): JsonObject {
  const isMade = user.name === profileDefaults(user.email ?? user.username ?? '').name;
  const members = profileMembers.filter((member) => user[member] !== undefined && !(member === 'name' && isMade));
  return Object.fromEntries(members.map((member) => [member, user[member] ?? null]));
}

/**
 * Makes a linked account a separate user again, without any metadata.
 *
 * @param index its place among the identities; the first one cannot be unlinked
 * @returns the primary user after the change
 * @example
 * store.transaction(() => unlinkAccount(store, primary, 1, new Date().toISOString()));
 * @see Auth0 docs: "Unlink User Accounts"
 */
export function unlinkAccount(store: Store, primary: UserRecord, index: number, at: string): UserRecord {
  const identity = primary.identities[index];
  if (identity === undefined || index === 0) return primary;
  const { profileData, ...alone } = identity;
  const hash = store.users.linkedPasswordHash(primary.user_id, identity.user_id);
  const next = { ...primary, identities: primary.identities.toSpliced(index, 1), updated_at: at };
  store.users.removeLinkedPassword(primary.user_id, identity.user_id);
  store.users.update(next);
  store.users.insert(standalone(alone, profileData ?? {}, at), hash);
  return next;
}

function standalone(identity: IdentityRecord, profile: JsonObject, at: string): UserRecord {
  const text = (member: string) => (typeof profile[member] === 'string' ? profile[member] : undefined);
  return {
    user_id: `${identity.provider}|${identity.user_id}`,
    ...profileDefaults(text('email') ?? text('username') ?? identity.user_id),
    ...profile,
    email_verified: profile.email_verified === true,
    user_metadata: {},
    app_metadata: {},
    identities: [identity],
    created_at: at,
    updated_at: at,
    logins_count: 0,
  };
}
