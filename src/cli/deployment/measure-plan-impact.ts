import { join } from 'node:path';
import type { ManagementClient } from 'auth0';
import { gateChanges, policiesOf } from '../../deployment/impact/gate-change.ts';
import type { Impact } from '../../deployment/impact/impact.ts';
import { measureImpact } from '../../deployment/impact/measure-impact.ts';
import { measurePastLogins } from '../../deployment/past-logins/measure-past-logins.ts';
import type { PastLogins } from '../../deployment/past-logins/past-logins.ts';
import { readPastLogins } from '../../deployment/past-logins/read-past-logins.ts';
import { gatherPeople } from '../../deployment/people/gather-people.ts';
import { policyDifferences } from '../../deployment/plan/policy-differences.ts';
import type { TenantSnapshot } from '../../deployment/tenant-snapshot.ts';
import { startProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { openAffectedPeopleFile } from './affected-people-file.ts';
import { countOf, showGathering } from './gathering-progress.ts';

/** A folder in the current folder that stores the users read so far, for as long as they are needed. */
export const STATE_FOLDER = '.portcullis';

export interface ImpactCommandOptions {
  /** A CSV file for all users that the change affects. */
  readonly csv?: string | undefined;
  readonly fresh?: boolean | undefined;
  /** Whether users are named even if the output is not a terminal. */
  readonly people?: boolean | undefined;
  /** Decide the logins since this time again. */
  readonly logins?: Date | undefined;
}

/** The effect of a plan on users. */
export interface MeasuredPlan {
  readonly impact: Impact;
  /** Absent unless requested. */
  readonly logins?: PastLogins;
}

/** Whether a deployment changes which applications are guarded, or how. */
export function changesGate(snapshot: TenantSnapshot): boolean {
  return gateChanges(snapshot).some(
    ({ before, after }) =>
      typeof before === 'string' || typeof after === 'string' || policyDifferences(before, after).length > 0,
  );
}

/**
 * Reads the users of the tenant and decides about each, before and after the change; and about their logins of the past.
 *
 * @throws {Problem} `export_failed`, `export_timeout`, `export_unreadable`, `folder_unusable`
 * @throws {Problem} `csv_unwritable`
 */
export async function measurePlanImpact(
  management: ManagementClient,
  domain: string,
  snapshot: TenantSnapshot,
  options: ImpactCommandOptions & { readonly signal: AbortSignal },
  terminal: Terminal,
): Promise<MeasuredPlan> {
  const changes = gateChanges(snapshot);
  const progress = startProgress(terminal.stderr);
  const csv = options.csv === undefined ? undefined : openAffectedPeopleFile(options.csv, terminal.folder);
  const { signal, logins: since } = options;
  try {
    const onEntries = (count: number) => progress.show(`${countOf(count)} log entries read`);
    const past =
      since === undefined ? undefined : await readPastLogins(management, snapshot.policy, { since, signal, onEntries });
    const people = await gatherPeople(management, {
      domain,
      policies: policiesOf(changes.flatMap(({ before, after }) => [before, after])),
      folder: join(terminal.folder, STATE_FOLDER),
      fresh: options.fresh === true,
      signal,
      onProgress: (at) => showGathering(progress, at, terminal),
    });
    const impact = await measureImpact(people, changes, {
      signal,
      onAffected: csv === undefined ? undefined : (person) => csv.add(person),
      onProgress: (count) => progress.show(`${countOf(count)} users decided about`),
    });
    const logins =
      past === undefined || since === undefined ? undefined : await measurePastLogins(past, people, changes, since);
    people.forget();
    return logins === undefined ? { impact } : { impact, logins };
  } finally {
    csv?.close();
    progress.end();
  }
}
