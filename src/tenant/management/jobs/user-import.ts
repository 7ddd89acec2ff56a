import { z } from 'zod';
import {
  type CustomPasswordHash,
  customPasswordHash,
} from '../../authentication/accounts/imported-passwords/imported-hash.ts';
import { isImported, storedImport } from '../../authentication/accounts/imported-passwords/stored-import.ts';
import { type JsonObject, objectOf } from '../../store/json-value.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { JobRecord } from '../../store/records/tenant/job-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { publishedFormats } from '../description/published-formats.ts';
import { validationMessage } from '../http/validation-message.ts';
import { newUser, patchedUser } from '../users/user-record.ts';

/** The member `password_hash`: bcrypt with ten rounds. */
const bcryptHash = z
  .string()
  .regex(/^\$2[ab]\$10\$[./A-Za-z0-9]{53}$/)
  .transform((value): CustomPasswordHash => ({ algorithm: 'bcrypt', hash: { value } }));

type ImportErrors = JobRecord['errors'];

const short = z.string().min(1).max(150).exactOptional();
const long = z.string().min(1).max(300).exactOptional();
const flag = z.boolean().exactOptional();
const metadata = z.record(z.string(), z.json()).exactOptional();
const format = (name: 'email' | 'strict-uri') =>
  z
    .string()
    .refine((text) => publishedFormats[name]?.(text), {
      error: (issue) => `Object didn't pass validation for format ${name}: ${String(issue.input).slice(0, 200)}`,
    })
    .exactOptional();

/** Members of a user in the file. Passwords come as hashes. */
const importedUser = z
  .strictObject({
    email: format('email'),
    email_verified: flag,
    username: z.string().min(1).max(128).exactOptional(),
    user_id: z.string().max(255).regex(/^\S*$/).exactOptional(),
    phone_number: z
      .string()
      .regex(/^\+[0-9]{1,15}$/)
      .exactOptional(),
    phone_verified: flag,
    given_name: short,
    family_name: short,
    name: long,
    nickname: long,
    picture: format('strict-uri'),
    blocked: flag,
    user_metadata: metadata,
    app_metadata: metadata,
    password_hash: bcryptHash.exactOptional(),
    custom_password_hash: customPasswordHash.exactOptional(),
  })
  .refine((user) => (user.email ?? user.username ?? user.phone_number) !== undefined, {
    error: 'Data does not match any schemas from anyOf',
  });

/**
 * Runs a job that imports users into a database connection. Each user is imported or refused separately.
 *
 * @param users the file's array
 * @returns the job after the import, with its summary and errors
 * @example
 * runUserImport(store, job, [{ email: 'ada@example.com' }], { connection, upsert: true });
 * @see Auth0 docs: "Bulk User Imports", "Bulk User Import Database Schema and Examples"
 */
export function runUserImport(
  store: Store,
  job: JobRecord,
  users: readonly unknown[],
  options: { readonly connection: ConnectionRecord; readonly upsert: boolean },
): JobRecord {
  const errors: ImportErrors = [];
  const summary = { failed: 0, updated: 0, inserted: 0, total: users.length };
  // One transaction for all of them: most of the time of an import would be their commits.
  return store.transaction(() => {
    for (const entry of users) {
      const outcome = importUser(store, entry, options);
      if (typeof outcome === 'string') summary[outcome] += 1;
      else {
        summary.failed += 1;
        errors.push({ user: shown(entry), errors: [outcome] });
      }
    }
    const done: JobRecord = {
      ...job,
      status: 'completed',
      details: { ...job.details, summary, percentage_done: 100 },
      errors,
    };
    store.jobs.update(done);
    return done;
  });
}

function importUser(
  store: Store,
  given: unknown,
  { connection, upsert }: { readonly connection: ConnectionRecord; readonly upsert: boolean },
): 'inserted' | 'updated' | ImportErrors[number]['errors'][number] {
  const parsed = importedUser.safeParse(given, { reportInput: true });
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('.') ?? '';
    return { code: 'INVALID_FORMAT', message: validationMessage('Payload', parsed.error), path };
  }
  const at = new Date().toISOString();
  const { user_id, password_hash, custom_password_hash, ...profile } = parsed.data;
  if (password_hash !== undefined && custom_password_hash !== undefined) {
    const message = 'password_hash and custom_password_hash are mutually exclusive.';
    return { code: 'INVALID_FORMAT', message, path: 'password_hash' };
  }
  const hash = custom_password_hash ?? password_hash;
  const stored = hash && storedImport(hash);
  const present = findPresent(store, connection, parsed.data);
  if (present === undefined) {
    store.users.insert(
      newUser({ ...profile, ...(user_id && { user_id }), connection: connection.name }, connection, at),
      stored,
    );
    return 'inserted';
  }
  if (!upsert || present === 'ambiguous') {
    return { code: 'DUPLICATED_USER', message: 'The user already exists.', path: 'email' };
  }
  if (stored !== undefined) {
    // Only a hash that was imported, and that no login has replaced since, can be imported again.
    const current = store.users.passwordHash(present.user_id);
    if (password_hash !== undefined || current === undefined || !isImported(current)) {
      const path = password_hash === undefined ? 'custom_password_hash' : 'password_hash';
      const message = `A ${path} was provided, but the user already has password hash defined`;
      return { code: 'PASSWORD_HASH_EXISTS', message, path };
    }
    store.users.setPasswordHash(present.user_id, stored);
  }
  store.users.update(patchedUser(present, profile, at));
  return 'updated';
}

/** The existing user; several if the id, address and username belong to different users. */
function findPresent(
  store: Store,
  connection: ConnectionRecord,
  { user_id, email, username }: z.output<typeof importedUser>,
): UserRecord | 'ambiguous' | undefined {
  const found = [
    user_id === undefined ? undefined : store.users.find(`auth0|${user_id}`),
    email === undefined ? undefined : store.users.findInConnection(connection.name, { email }),
    username === undefined ? undefined : store.users.findInConnection(connection.name, { username }),
  ].filter((user) => user !== undefined);
  const ids = new Set(found.map((user) => user.user_id));
  const [first] = found;
  const isOf = first?.identities[0]?.connection === connection.name;
  return ids.size > 1 || (first !== undefined && !isOf) ? 'ambiguous' : first;
}

/** The user as in the file, without credentials. */
function shown(given: unknown): JsonObject {
  const { password_hash: _1, custom_password_hash: _2, password: _3, mfa_factors: _4, ...rest } = objectOf(given);
  return rest;
}
