import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '../../problem/problem.ts';
import type { Members, SeedUser } from './seed.ts';
import type { SeedApi } from './seed-api.ts';

/** Users of one import. */
const MOST_USERS = 1000;
/** Bytes of one import. Auth0 takes 500 KB. */
const MOST_BYTES = 500_000;
const MILLISECONDS_BETWEEN = 5;

/** A user of a seed with the ID that the tenant has, or will have. */
export interface IdentifiedUser extends SeedUser {
  readonly id: string;
  /** Its place in the list of the seed, for errors. */
  readonly index: number;
  /** Whether the tenant had this user before. */
  readonly isPresent: boolean;
}

interface ImportError {
  readonly user?: Members;
  readonly errors?: readonly { readonly code?: string; readonly message?: string }[];
}

/**
 * Creates or changes users of a database by imports, a thousand in each, which take hashes of passwords.
 *
 * @returns the users whose password a login has hashed since: no import changes them
 * @throws {Problem} `seed_refused`
 * @see Auth0 docs: "Bulk User Imports".
 * @example await importSeedUsers(api, connectionId, users);
 */
export async function importSeedUsers(
  api: SeedApi,
  connection: string,
  users: readonly IdentifiedUser[],
): Promise<readonly IdentifiedUser[]> {
  const unchanged: IdentifiedUser[] = [];
  for (const { part, content } of partsOf(users)) {
    for (const { user, errors } of await runImport(api, connection, content)) {
      const refused = part.find(({ id }) => id === `auth0|${user?.user_id}`);
      const [first] = errors ?? [];
      if (refused !== undefined && first?.code === 'PASSWORD_HASH_EXISTS') unchanged.push(refused);
      else throw refusal(refused?.index, first?.message ?? 'no reason given');
    }
  }
  return unchanged;
}

async function runImport(api: SeedApi, connection: string, content: string): Promise<readonly ImportError[]> {
  const job = await api.importUsers(connection, content);
  for (;;) {
    const { status } = (await api.get(`jobs/${job}`)) as { status: string };
    if (status === 'completed') break;
    if (status === 'failed') throw new Problem('seed_refused', 'The tenant could not import the users of the seed.');
    await wait(MILLISECONDS_BETWEEN);
  }
  const errors = await api.get(`jobs/${job}/errors`);
  return Array.isArray(errors) ? (errors as readonly ImportError[]) : [];
}

/** One import after the other, so that no two are in memory. */
function* partsOf(users: readonly IdentifiedUser[]): Generator<{ part: readonly IdentifiedUser[]; content: string }> {
  let part: IdentifiedUser[] = [];
  let lines: string[] = [];
  let bytes = 0;
  const take = () => {
    const complete = { part, content: `[${lines.join(',')}]` };
    [part, lines, bytes] = [[], [], 0];
    return complete;
  };
  for (const user of users) {
    const line = JSON.stringify(importedUser(user));
    const size = Buffer.byteLength(line) + 1;
    if (size > MOST_BYTES) throw refusal(user.index, `it has ${size} bytes, and an import takes ${MOST_BYTES}.`);
    if (part.length === MOST_USERS || bytes + size > MOST_BYTES) yield take();
    part.push(user);
    lines.push(line);
    bytes += size;
  }
  if (part.length > 0) yield take();
}

/** A salted digest suffices: the tenant replaces it by its own hash at the first sign-in. */
function importedUser(user: IdentifiedUser): Members {
  const {
    password,
    connection: _,
    roles: _roles,
    organizations: _organizations,
    otp: _otp,
    id,
    index: _index,
    isPresent,
    ...profile
  } = user;
  const isVerified = profile.email === undefined || isPresent ? undefined : true;
  const salt = randomBytes(8).toString('hex');
  return {
    email_verified: isVerified,
    ...profile,
    user_id: id.replace(/^auth0\|/, ''),
    ...(password !== undefined && {
      custom_password_hash: {
        algorithm: 'sha256',
        hash: {
          value: createHash('sha256')
            .update(salt + password)
            .digest('hex'),
          encoding: 'hex',
        },
        salt: { value: salt, encoding: 'utf8', position: 'prefix' },
      },
    }),
  };
}

function refusal(index: number | undefined, reason: string): Problem {
  return new Problem('seed_refused', `The tenant refused users[${index ?? '?'}]: ${reason}`);
}
