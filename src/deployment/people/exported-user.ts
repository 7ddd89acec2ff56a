/** A user in an export; missing members are absent. */
export interface ExportedUser {
  readonly user_id: string;
  readonly email?: string | undefined;
  readonly email_verified?: boolean | undefined;
  /** A blocked user cannot sign in anywhere. */
  readonly blocked?: boolean | undefined;
}

/** The fields that the job exports. */
export const EXPORTED_FIELDS = ['user_id', 'email', 'email_verified', 'blocked'] as const;

/** Parses a line of an export. `undefined` for a line that is not a user. */
export function parseExportedUser(line: string): ExportedUser | undefined {
  const value: Partial<Record<keyof ExportedUser, unknown>> | null = JSON.parse(line);
  if (typeof value !== 'object' || value === null || typeof value.user_id !== 'string') return undefined;
  if (isUser(value)) return value;
  const { email, email_verified, blocked } = value;
  return {
    user_id: value.user_id,
    email: typeof email === 'string' ? email : undefined,
    // Auth0 exports missing values as null.
    email_verified: email_verified === true,
    blocked: blocked === true,
  };
}

/** Whether the value can be used as it is. This holds for nearly all users and saves a copy. */
function isUser(value: Partial<Record<keyof ExportedUser, unknown>>): value is ExportedUser {
  const { email, email_verified, blocked } = value;
  return (
    (email === undefined || typeof email === 'string') &&
    typeof email_verified === 'boolean' &&
    (blocked === undefined || typeof blocked === 'boolean')
  );
}
