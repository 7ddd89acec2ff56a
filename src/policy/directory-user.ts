import type { ExpectedVisitor } from './outlook.ts';

/** A user as a tenant's directory has them. */
export interface DirectoryUser {
  readonly email?: string | null | undefined;
  readonly email_verified?: boolean | null | undefined;
  /** `undefined` if they were not read. */
  readonly identities?: readonly { readonly connection?: string | undefined }[] | null | undefined;
  readonly app_metadata?: Readonly<Record<string, unknown>> | null | undefined;
}

/**
 * Returns what is known of a user before a login. A user with one identity signs in by its connection; with several, only
 * the login shows the connection. A user without `app_metadata` has none.
 *
 * @param at the moment of the login, in milliseconds since 1970
 * @example outlook(policy, expectedVisitor(user, ['APEX User'], Date.now()))
 */
export function expectedVisitor(user: DirectoryUser, roles: readonly string[], at: number): ExpectedVisitor {
  const { email, email_verified: emailVerified, app_metadata: appMetadata } = user;
  return {
    email: email ?? undefined,
    emailVerified: emailVerified === true,
    roles,
    connection: onlyConnection(user),
    appMetadata: appMetadata ?? {},
    at,
  };
}

/**
 * Returns the connection by which a user signs in; `undefined` if there may be several.
 *
 * @example onlyConnection({ identities: [{ connection: 'water-adfs' }] }) // 'water-adfs'
 */
export function onlyConnection({ identities }: Pick<DirectoryUser, 'identities'>): string | undefined {
  const first = identities?.[0]?.connection;
  if (identities === undefined || identities === null || identities.length === 1) return first;
  return identities.every((identity) => identity?.connection === first) ? first : undefined;
}
