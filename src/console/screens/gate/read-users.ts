import type { Management } from 'auth0';
import { compiledRules } from '../../../policy/compiled-rules.ts';
import { manage } from '../../management/tenant-requests.ts';
import { type ExportedUser, exportUsers, readExport } from './exported-users.ts';
import type { GateDocument } from './gate-document.ts';
import { retryOnRateLimit } from './retry-on-rate-limit.ts';
import { readRoleMemberships } from './role-memberships.ts';
import { addCounts, type Counts, decideUser, type GateUser, noCounts, type UserDecision } from './user-decision.ts';

/** The Management API lists at most this many users; a job exports more. */
const listLimit = 1000;
const perPage = 100;
/** Number of users to decide about before the page can respond again: a few milliseconds of work. */
const batchSize = 500;

/** The decisions about all users. */
export interface UserDecisions {
  readonly decisions: readonly UserDecision[];
  readonly counts: Counts;
  /** Whether a job exported the users. That is too expensive to repeat every few seconds. */
  readonly exported: boolean;
}

/** The progress of reading the users. */
export interface Progress {
  readonly users: number;
  /** Whether a job exports the users; `percent` is its progress. */
  readonly exported: boolean;
  readonly percent?: number;
  readonly memberships: number;
  readonly decided: number;
  readonly counts: Counts;
}

/**
 * Reads all users and the members of the policy's roles, and decides about each user in the browser. If there are more users than
 * the Management API lists, a job exports them.
 *
 * @param onProgress receives the progress
 * @throws {ManagementError} if the tenant refuses a request
 * @throws {Error} if the export fails
 */
export async function readUsers(
  gate: GateDocument,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<UserDecisions> {
  const fields = fieldsFor(gate);
  const first = await usersAt(0, fields, signal);
  const users = first.total ?? 0;
  const exported = users > listLimit;
  let progress: Progress = { users, exported, memberships: 0, decided: 0, counts: noCounts };
  onProgress(progress);
  const report = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    onProgress(progress);
  };
  // If one of the two requests fails, stop the other.
  const both = new AbortController();
  const either = AbortSignal.any([signal, both.signal]);
  try {
    const [pages, holders] = await Promise.all([
      exported ? exportUsers(fields, either, (percent) => report({ percent })) : listUsers(first, fields, either),
      readRoleMemberships(gate.policy, either, (memberships) => report({ memberships })),
    ]);
    const decisions: UserDecision[] = [];
    for await (const some of typeof pages === 'string' ? readExport(pages, signal) : [pages]) {
      for (let from = 0; from < some.length; from += batchSize) {
        const batch = some
          .slice(from, from + batchSize)
          .map((user) => decideUser(gate, gateUserOf(user), holders.get(user.user_id) ?? []));
        decisions.push(...batch);
        report({ decided: decisions.length, counts: addCounts(progress.counts, batch) });
        await letPageRespond();
        signal.throwIfAborted();
      }
    }
    return { decisions, counts: progress.counts, exported };
  } finally {
    both.abort();
  }
}

function usersAt(
  page: number,
  fields: readonly string[],
  signal: AbortSignal,
): Promise<Management.ListUsersOffsetPaginatedResponseContent> {
  const query = { page, per_page: perPage, include_totals: true, fields: fields.join(','), include_fields: true };
  return retryOnRateLimit(signal, () => manage.get('users', query, signal));
}

async function listUsers(
  first: Management.ListUsersOffsetPaginatedResponseContent,
  fields: readonly string[],
  signal: AbortSignal,
): Promise<ExportedUser[]> {
  const users = [...(first.users ?? [])];
  for (let page = 1; page * perPage < (first.total ?? 0); page += 1) {
    users.push(...((await usersAt(page, fields, signal)).users ?? []));
  }
  return users.map(({ user_id = '', email, email_verified, name, blocked, identities, app_metadata }) => ({
    user_id,
    email: email ?? null,
    email_verified: email_verified ?? null,
    name: name ?? null,
    blocked: blocked ?? null,
    identities: identities ?? null,
    app_metadata: app_metadata ?? null,
  }));
}

function gateUserOf({ user_id: id, email, name, blocked, ...known }: ExportedUser): GateUser {
  return {
    id,
    name: name || email || id,
    blocked: blocked === true,
    known: { ...known, email },
    ...(email && { email }),
  };
}

/** The fields of users that the rules ask for, and the table. */
function fieldsFor({ policy }: GateDocument): string[] {
  const { uses } = compiledRules(policy);
  return [
    'user_id',
    'email',
    'email_verified',
    'name',
    'blocked',
    ...(uses.has('connection') ? ['identities'] : []),
    ...(uses.has('appMetadata') ? ['app_metadata'] : []),
  ];
}

/** Lets the page respond to typing and clicks. */
function letPageRespond(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
