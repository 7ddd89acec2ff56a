import type { Management } from 'auth0';
import { manage } from '../../management/tenant-requests.ts';
import { type ExportedUser, exportUsers, readExport } from './exported-users.ts';
import type { GateDocument } from './gate-document.ts';
import { type Counts, counted, type Judged, judged, nobody, type Person } from './judge.ts';
import { retryOnRateLimit } from './retry-on-rate-limit.ts';
import { readRoleMemberships } from './role-memberships.ts';

/** The Management API lists no more users than these; more are had by a job that exports them. */
const furthest = 1000;
const step = 100;
/** So many are judged before the page has its turn again: some milliseconds. */
const atOnce = 500;
const ownConnection = 'portcullis-console';

/** Everybody. */
export interface People {
  readonly judged: readonly Judged[];
  readonly counts: Counts;
  /** Whether the tenant had to export them: that is not done every few seconds. */
  readonly exported: boolean;
}

/** How far the reading is. */
export interface Progress {
  readonly users: number;
  /** Whether the tenant has to export them, and how far that is. */
  readonly exported: boolean;
  readonly percent?: number;
  readonly memberships: number;
  readonly judged: number;
  readonly counts: Counts;
}

/**
 * Reads all users and who holds the roles that matter, and decides about each in the browser. Where the Management API does not
 * list them all, a job exports them.
 *
 * @param tell told how far it is
 * @throws {ManagementError} where the tenant refuses a request
 * @throws {Error} where the export fails
 */
export async function readPeople(
  gate: GateDocument,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
): Promise<People> {
  const first = await usersAt(0, signal);
  const users = first.total ?? 0;
  const exported = users > furthest;
  let progress: Progress = { users, exported, memberships: 0, judged: 0, counts: nobody };
  tell(progress);
  const move = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    tell(progress);
  };
  // Called off together: where one fails, nobody waits for the other.
  const both = new AbortController();
  const either = AbortSignal.any([signal, both.signal]);
  try {
    const [pages, holders] = await Promise.all([
      exported ? exportUsers(either, (percent) => move({ percent })) : listUsers(first, either),
      readRoleMemberships(gate.policy, either, (memberships) => move({ memberships })),
    ]);
    const found: Judged[] = [];
    for await (const some of typeof pages === 'string' ? readExport(pages, signal) : [pages]) {
      for (let from = 0; from < some.length; from += atOnce) {
        const now = some
          .slice(from, from + atOnce)
          // The console's own administrator signs in to no application.
          .filter(({ connection }) => connection !== ownConnection)
          .map((user) => judged(gate, personOf(user), holders.get(user.user_id) ?? []));
        found.push(...now);
        move({ judged: found.length, counts: counted(progress.counts, now) });
        await letPageRespond();
        signal.throwIfAborted();
      }
    }
    return { judged: found, counts: progress.counts, exported };
  } finally {
    both.abort();
  }
}

const listed = 'user_id,email,email_verified,name,blocked,identities';

function usersAt(page: number, signal: AbortSignal): Promise<Management.ListUsersOffsetPaginatedResponseContent> {
  const query = { page, per_page: step, include_totals: true, fields: listed, include_fields: true };
  return retryOnRateLimit(signal, () => manage.get('users', query, signal));
}

async function listUsers(
  first: Management.ListUsersOffsetPaginatedResponseContent,
  signal: AbortSignal,
): Promise<ExportedUser[]> {
  const users = [...(first.users ?? [])];
  for (let page = 1; page * step < (first.total ?? 0); page += 1) {
    users.push(...((await usersAt(page, signal)).users ?? []));
  }
  return users.map(({ user_id = '', email, email_verified, name, blocked, identities = [] }) => ({
    user_id,
    email: email ?? null,
    email_verified: email_verified ?? null,
    name: name ?? null,
    blocked: blocked ?? null,
    connection: identities.find(({ connection }) => connection !== ownConnection)?.connection ?? ownConnection,
  }));
}

function personOf({ user_id: id, email, email_verified, name, blocked }: ExportedUser): Person {
  return {
    id,
    name: name || email || id,
    emailVerified: email_verified === true,
    blocked: blocked === true,
    ...(email && { email }),
  };
}

/** What was typed and clicked meanwhile has its turn. */
function letPageRespond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
