import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { IdentityRecord, UserRecord } from '../../store/records/users/user-row.ts';
import { type AuthenticationRequest, authenticationLogEntry } from './authentication-log-entry.ts';
import { isPrintable, isProviderEmail } from './email-address.ts';
import { enabledProvider } from './enabled-connection.ts';
import type { SignInDependencies } from './password-sign-in.ts';
import { profileDefaults } from './profile-defaults.ts';

/** The profile of a user from an identity provider. */
export interface SocialProfile {
  /** The provider's own identifier of the user. */
  readonly subject: string;
  readonly email?: string;
  readonly email_verified: boolean;
  readonly name?: string;
  readonly given_name?: string;
  readonly family_name?: string;
  readonly picture?: string;
}

export interface SocialSignInRequest extends AuthenticationRequest {
  /** The connection's name. */
  readonly connection: string;
  readonly profile: SocialProfile;
}

export type SocialSignInResult =
  | { readonly ok: true; readonly user: UserRecord; readonly connection: ConnectionRecord }
  | { readonly ok: false; readonly reason: 'no_connection' | 'blocked' | 'invalid_profile' };

/** Members of the profile that an `on_first_login` connection does not update after the first login. */
type RootAttributes = Pick<UserRecord, 'name' | 'nickname' | 'given_name' | 'family_name' | 'picture'>;

const subjectFormat = /^[A-Za-z0-9._~-]{1,255}$/;
const longestName = 300;

/**
 * Signs a user in with a profile from an identity provider. The first login creates the user. Later logins update the
 * profile as the connection's `set_user_root_attributes` says; the e-mail address is always updated. A refusal is
 * logged here as `f`; the login logs a success.
 *
 * @returns the user (`google-oauth2|<subject>`) and the connection, or the reason of the refusal.
 * @example
 * signInSocially({ store, log }, { client, connection: 'google-oauth2', profile, ip, hostname });
 * @see Auth0 docs: "Configure Identity Provider Connection for User Profile Updates", "Block and Unblock Users".
 */
export function signInSocially(deps: SignInDependencies, request: SocialSignInRequest): SocialSignInResult {
  const { store, log } = deps;
  const { profile } = request;
  const connection = enabledProvider(store, request.client.client_id, request.connection);
  const refuse = (reason: 'no_connection' | 'blocked' | 'invalid_profile', message: string, user?: UserRecord) => {
    const details = { error: { message, oauthError: 'unauthorized', type: 'oauth-authorization' } };
    log.write(authenticationLogEntry(request, { type: 'f', description: message, connection, user, details }));
    return { ok: false, reason } as const;
  };

  if (connection === undefined) {
    return refuse('no_connection', 'The application has no social connection of that name enabled.');
  }
  if (!isUsable(profile)) return refuse('invalid_profile', 'The identity provider sent a profile that cannot be used.');

  return store.transaction(() => {
    const at = (deps.now?.() ?? new Date()).toISOString();
    const known = store.users.findByIdentity(connection.strategy, profile.subject);
    if (known?.blocked === true) return refuse('blocked', 'user is blocked', known);
    if (known !== undefined) {
      const updated = withProfile(known, profile, connection, at);
      store.users.update(updated);
      return { ok: true, user: updated, connection };
    }
    if (connection.options.set_user_root_attributes === 'never_on_login') {
      return refuse('no_connection', 'The connection does not create users at their first login.');
    }
    const user = newSocialUser(connection, profile, at);
    store.users.insert(user);
    return { ok: true, user, connection };
  });
}

/**
 * The profile that the provider last sent for a user, for signing in as the same user again.
 *
 * @returns nothing if the user has no identity at that connection.
 * @example
 * const profile = socialProfileOf(user, 'google-oauth2');
 */
export function socialProfileOf(user: UserRecord, connection: string): SocialProfile | undefined {
  const identity = user.identities.find((candidate) => candidate.connection === connection && candidate.isSocial);
  if (identity === undefined) return undefined;
  const source = isPrimary(user, identity) ? user : (identity.profileData ?? {});
  return {
    subject: identity.user_id,
    email_verified: source.email_verified === true,
    ...(typeof source.email === 'string' && { email: source.email }),
    ...(typeof source.name === 'string' && { name: source.name }),
    ...(typeof source.given_name === 'string' && { given_name: source.given_name }),
    ...(typeof source.family_name === 'string' && { family_name: source.family_name }),
    ...(typeof source.picture === 'string' && { picture: source.picture }),
  };
}

function isUsable(profile: SocialProfile): boolean {
  const names = [profile.name, profile.given_name, profile.family_name];
  return (
    subjectFormat.test(profile.subject) &&
    (profile.email === undefined || isProviderEmail(profile.email)) &&
    names.every((name) => name === undefined || (name.length <= longestName && isPrintable(name))) &&
    (profile.picture === undefined || isWebAddress(profile.picture))
  );
}

function isWebAddress(text: string): boolean {
  const url = text.length <= 2048 ? URL.parse(text) : null;
  return url?.protocol === 'https:' || url?.protocol === 'http:';
}

function newSocialUser(connection: ConnectionRecord, profile: SocialProfile, at: string): UserRecord {
  return {
    user_id: `${connection.strategy}|${profile.subject}`,
    ...verifiedEmail(profile),
    ...rootAttributes(profile),
    user_metadata: {},
    app_metadata: {},
    identities: [
      { connection: connection.name, provider: connection.strategy, user_id: profile.subject, isSocial: true },
    ],
    created_at: at,
    updated_at: at,
    logins_count: 0,
  };
}

/**
 * The user with the provider's profile. The first identity holds the user's own profile. The profile of a linked
 * identity stays with that identity: it must neither change nor verify the user's own address.
 */
function withProfile(user: UserRecord, profile: SocialProfile, connection: ConnectionRecord, at: string): UserRecord {
  const mode = connection.options.set_user_root_attributes;
  const attributes = mode === 'on_first_login' || mode === 'never_on_login' ? {} : rootAttributes(profile);
  const identity = user.identities.find(
    (candidate) => candidate.provider === connection.strategy && candidate.user_id === profile.subject,
  );
  if (identity !== undefined && !isPrimary(user, identity)) {
    const { email: _former, ...former } = identity.profileData ?? {};
    const profileData = { ...former, ...attributes, ...verifiedEmail(profile) };
    const identities = user.identities.map((other) => (other === identity ? { ...identity, profileData } : other));
    return { ...user, identities, updated_at: at };
  }
  const { email: _email, email_verified: _verified, ...rest } = user;
  return { ...rest, ...verifiedEmail(profile), ...attributes, updated_at: at };
}

function isPrimary(user: UserRecord, identity: IdentityRecord): boolean {
  return user.identities[0] === identity;
}

/** The address and whether it is verified. Without an address it is never verified: `email_verified` alone must not let a user in. */
function verifiedEmail(profile: SocialProfile): Pick<UserRecord, 'email' | 'email_verified'> {
  if (profile.email === undefined) return { email_verified: false };
  return { email: profile.email.toLowerCase(), email_verified: profile.email_verified };
}

function rootAttributes(profile: SocialProfile): RootAttributes {
  const { name, given_name, family_name, picture } = profile;
  return {
    ...(profile.email === undefined ? { name: name ?? profile.subject } : profileDefaults(profile.email)),
    ...(name !== undefined && { name }),
    ...(given_name !== undefined && { given_name }),
    ...(family_name !== undefined && { family_name }),
    ...(picture !== undefined && { picture }),
  };
}
