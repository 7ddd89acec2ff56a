import { join } from 'node:path';
import type { ManagementClient } from 'auth0';
import { gateChanges, policiesOf } from '../../deployment/impact/gate-change.ts';
import type { Impact } from '../../deployment/impact/impact.ts';
import { measureImpact } from '../../deployment/impact/measure-impact.ts';
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
}

/** Whether a deployment changes which applications are guarded, or how. */
export function changesGate(snapshot: TenantSnapshot): boolean {
  return gateChanges(snapshot).some(
    ({ before, after }) =>
      typeof before === 'string' || typeof after === 'string' || policyDifferences(before, after).length > 0,
  );
}

/**
 * Reads the users of the tenant and decides about each, before and after the change.
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
): Promise<Impact> {
  const changes = gateChanges(snapshot);
  const progress = startProgress(terminal.stderr);
  const csv = options.csv === undefined ? undefined : openAffectedPeopleFile(options.csv, terminal.folder);
  const { signal } = options;
  try {
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
    people.forget();
    return impact;
  } finally {
    csv?.close();
    progress.end();
  }
}
