import type { ManagementClient } from 'auth0';
import type { Policy } from '../../policy/policy.ts';
import type { People } from '../people/gather-people.ts';
import { assignBatch } from './assign-batch.ts';
import type { BackfillReport, ReportLine } from './backfill-report.ts';
import { missingRoles } from './missing-roles.ts';

/** A request with this many IDs has about 20 kB. Auth0 accepts 1 MB and documents no other limit. */
const BATCH = 500;

export interface BackfillOptions {
  readonly policy: Policy;
  /** IDs of the roles that the policy may assign, by name. */
  readonly roleIds: Readonly<Record<string, string>>;
  readonly report: BackfillReport;
  /** Called with the number of roles assigned so far. */
  readonly onProgress?: ((assigned: number) => void) | undefined;
  /** Stops between two requests; the report has what was assigned. */
  readonly signal?: AbortSignal | undefined;
}

export interface BackfillTotals {
  readonly assigned: number;
  readonly refused: number;
}

/**
 * Gives all users the roles that the policy would give them at their next sign-in: in batches for each role, with a line in
 * the report for each assignment. Assignments of an interrupted run are not repeated.
 *
 * @param people the users as they were read; roles that the report lists as assigned are added to their roles
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
 */
export async function backfillRoles(
  management: ManagementClient,
  people: Pick<People, 'users' | 'holders'>,
  { policy, roleIds, report, onProgress, signal }: BackfillOptions,
): Promise<BackfillTotals> {
  let assigned = 0;
  let refused = 0;
  const waiting = new Map<string, string[]>();
  const flush = async (role: string): Promise<void> => {
    const users = waiting.get(role) ?? [];
    waiting.set(role, []);
    const result = await assignBatch(management, roleIds[role] ?? '', users, signal);
    const at = new Date().toISOString();
    const done = result.assigned.map((userId): ReportLine => ({ at, userId, role, status: 'assigned' }));
    const not = result.refused.map(
      ({ userId, reason }): ReportLine => ({ at, userId, role, status: 'refused', reason }),
    );
    report.add([...done, ...not]);
    assigned += done.length;
    refused += not.length;
    onProgress?.(assigned);
  };
  for await (const missing of missingRoles(people, policy)) {
    for (const { userId, role } of missing) {
      const users = waiting.get(role) ?? [];
      waiting.set(role, users);
      if (users.push(userId) >= BATCH) await flush(role);
    }
    signal?.throwIfAborted();
  }
  for (const role of waiting.keys()) await flush(role);
  report.finish({ assigned, refused });
  return { assigned, refused };
}

/** Adds the assignments in a report to the roles of the users, so that they are not repeated. */
export function holdReported(people: Pick<People, 'holders'>, { before }: BackfillReport): void {
  for (const { userId, role } of before) people.holders.add(userId, role);
}
