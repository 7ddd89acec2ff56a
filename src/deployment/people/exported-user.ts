/** A user as a job exports it; what the user lacks is left out. */
export interface ExportedUser {
  readonly user_id: string;
  readonly email?: string | undefined;
  readonly email_verified?: boolean | undefined;
  /** Such a user signs in nowhere. */
  readonly blocked?: boolean | undefined;
}

/** What a job is asked for. */
export const EXPORTED_FIELDS = ['user_id', 'email', 'email_verified', 'blocked'] as const;

/** Reads one line of an export. `undefined` for one that is no user. */
export function parseExportedUser(line: string): ExportedUser | undefined {
  const value: Partial<Record<keyof ExportedUser, unknown>> | null = JSON.parse(line);
  if (typeof value !== 'object' || value === null || typeof value.user_id !== 'string') return undefined;
  if (isUser(value)) return value;
  const { email, email_verified, blocked } = value;
  return {
    user_id: value.user_id,
    email: typeof email === 'string' ? email : undefined,
    // Auth0 exports what is missing as null.
    email_verified: email_verified === true,
    blocked: blocked === true,
  };
}

/** Nearly all are as they have to be, and nothing is made anew for them. */
function isUser(value: Partial<Record<keyof ExportedUser, unknown>>): value is ExportedUser {
  const { email, email_verified, blocked } = value;
  return (
    (email === undefined || typeof email === 'string') &&
    typeof email_verified === 'boolean' &&
    (blocked === undefined || typeof blocked === 'boolean')
  );
}
