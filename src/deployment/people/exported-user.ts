import type { FactName } from '../../policy/compiled-condition.ts';
import { compiledRules } from '../../policy/compiled-rules.ts';
import type { DirectoryUser } from '../../policy/directory-user.ts';
import type { Policy } from '../../policy/policy.ts';

/** A user in an export; missing members are absent. */
export interface ExportedUser {
  readonly user_id: string;
  readonly email?: string | undefined;
  readonly email_verified?: boolean | undefined;
  /** A blocked user cannot sign in anywhere. */
  readonly blocked?: boolean | undefined;
  /** Read only if a rule asks for the connection. */
  readonly identities?: DirectoryUser['identities'];
  /** Read only if a rule asks for it. */
  readonly app_metadata?: DirectoryUser['app_metadata'];
}

/**
 * Returns the fields of users that some policies ask for.
 *
 * @example exportedFields([policy]) // ['user_id', 'email', 'email_verified', 'blocked']
 */
export function exportedFields(policies: readonly Policy[]): (keyof ExportedUser)[] {
  const isUsed = (name: FactName) => policies.some((policy) => compiledRules(policy).uses.has(name));
  return [
    'user_id',
    'email',
    'email_verified',
    'blocked',
    ...(isUsed('connection') ? (['identities'] as const) : []),
    ...(isUsed('appMetadata') ? (['app_metadata'] as const) : []),
  ];
}

/** Parses a line of an export. `undefined` for a line that is not a user. */
export function parseExportedUser(line: string): ExportedUser | undefined {
  const value: Partial<Record<keyof ExportedUser, unknown>> | null = JSON.parse(line);
  if (typeof value !== 'object' || value === null || typeof value.user_id !== 'string') return undefined;
  if (isUser(value)) return value;
  const { email, email_verified, blocked, identities, app_metadata } = value;
  return {
    user_id: value.user_id,
    email: typeof email === 'string' ? email : undefined,
    // Auth0 exports missing values as null.
    email_verified: email_verified === true,
    blocked: blocked === true,
    identities: Array.isArray(identities) ? identities : undefined,
    app_metadata: isRecord(app_metadata) ? app_metadata : undefined,
  };
}

/** Whether the value can be used as it is. This holds for nearly all users and saves a copy. */
function isUser(value: Partial<Record<keyof ExportedUser, unknown>>): value is ExportedUser {
  const { email, email_verified, blocked, identities, app_metadata } = value;
  return (
    (email === undefined || typeof email === 'string') &&
    typeof email_verified === 'boolean' &&
    (blocked === undefined || typeof blocked === 'boolean') &&
    (identities === undefined || Array.isArray(identities)) &&
    (app_metadata === undefined || isRecord(app_metadata))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
