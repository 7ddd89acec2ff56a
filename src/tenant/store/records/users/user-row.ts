import type { Row } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

export interface IdentityRecord {
  readonly connection: string;
  readonly provider: string;
  readonly user_id: string;
  readonly isSocial: boolean;
  profileData?: JsonObject;
}

export interface UserRecord {
  /** `auth0|…`, `google-oauth2|…` */
  readonly user_id: string;
  email?: string;
  email_verified: boolean;
  username?: string;
  phone_number?: string;
  phone_verified?: boolean;
  name?: string;
  nickname?: string;
  given_name?: string;
  family_name?: string;
  picture?: string;
  blocked?: boolean;
  user_metadata: JsonObject;
  app_metadata: JsonObject;
  identities: IdentityRecord[];
  /** ISO 8601 with milliseconds, as are all times below. */
  readonly created_at: string;
  updated_at: string;
  last_login?: string;
  last_ip?: string;
  last_password_reset?: string;
  logins_count: number;
}

/** Columns that `readUser` reads. */
export const userColumns = 'users.record, users.logins_count, users.last_login, users.last_ip, users.updated_at';

/** Reads a user from a row of `userColumns`. The fields that each login changes have columns of their own, so that a login rewrites no JSON. */
export function readUser(row: Row): UserRecord {
  return {
    ...(JSON.parse(String(row.record)) as UserRecord),
    updated_at: String(row.updated_at),
    ...(typeof row.last_login === 'string' && { last_login: row.last_login }),
    ...(typeof row.last_ip === 'string' && { last_ip: row.last_ip }),
    logins_count: Number(row.logins_count),
  };
}
