import { existsSync, renameSync } from 'node:fs';
import { openBackfillReport } from '../../deployment/backfill/backfill-report.ts';
import { type BackfillTotals, backfillRoles, holdReported } from '../../deployment/backfill/backfill-roles.ts';
import { countMissingRoles } from '../../deployment/backfill/missing-roles.ts';
import { gatherPeople, type People } from '../../deployment/people/gather-people.ts';
import { relevantRoles } from '../../deployment/people/relevant-roles.ts';
import { readTenant } from '../../deployment/read-tenant.ts';
import type { TenantSnapshot } from '../../deployment/tenant-snapshot.ts';
import { Problem } from '../../problem/problem.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { type Progress, startProgress } from '../progress.ts';
import { listenForStop } from '../stop-signal.ts';
import { coloursFor, printable } from '../terminal.ts';
import { confirm } from './confirm.ts';
import { type DeploymentTarget, deploymentTarget } from './deployment-target.ts';
import { changesGate, STATE_FOLDER } from './measure-plan-impact.ts';
import { countOf, sayGathering } from './people-progress.ts';

/** What was typed behind `portcullis backfill`. */
export interface BackfillCommandOptions {
  readonly config?: string;
  readonly dryRun?: boolean;
  /** Absent: a file of the usual name, which gets its date once it is complete. */
  readonly report?: string;
  readonly fresh?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

type Told = Pick<BackfillCommandOptions, 'json'> & { readonly report: string };

const USUAL_REPORT = 'portcullis-backfill.ndjson';

/** Counts, asks, and gives the roles. */
export async function runBackfill(options: BackfillCommandOptions): Promise<void> {
  const target = await deploymentTarget(options.config);
  const { domain } = target.desired;
  const stop = listenForStop();
  const abort = new AbortController();
  void stop.stopped.then(() => abort.abort());
  const progress = startProgress();
  try {
    await backfill(target, options, { signal: abort.signal, progress });
  } catch (error) {
    progress.end();
    if (!stop.requested) throw explainManagementError(error, domain);
    process.stderr.write('  Interrupted. What was assigned is in the report; go on with: portcullis backfill\n');
    process.exitCode = EXIT_STATUS.interrupted;
  } finally {
    progress.end();
    stop.ignore();
  }
}

async function backfill(
  target: DeploymentTarget,
  options: BackfillCommandOptions,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<void> {
  const { management, desired } = target;
  const { domain } = desired;
  const snapshot = await readTenant(management, desired);
  // Roles by a policy that does not run would be given by nobody's decision.
  if (changesGate(snapshot)) throw notApplied();
  const people = await gatherPeople(management, {
    domain,
    roles: await relevantRoles(management, [snapshot.policy]),
    folder: STATE_FOLDER,
    fresh: options.fresh === true,
    signal,
    onProgress: (at) => sayGathering(progress, at),
  });
  if (options.dryRun) {
    const missing = await countMissingRoles(people, snapshot.policy, signal);
    people.forget();
    progress.end();
    process.stdout.write(options.json ? `${JSON.stringify({ domain, missing })}\n` : describe(domain, missing));
    return;
  }
  const file = options.report ?? USUAL_REPORT;
  const interrupted = existsSync(file);
  const known = interrupted ? openBackfillReport(file, domain) : undefined;
  if (known !== undefined) holdReported(people, known);
  const missing = await countMissingRoles(people, snapshot.policy, signal);
  progress.end();
  if (!options.json) process.stdout.write(describe(domain, missing));
  const total = Object.values(missing).reduce((sum, count) => sum + count, 0);
  if (total === 0 && known === undefined) {
    people.forget();
    if (options.json) process.stdout.write(`${JSON.stringify({ domain, assigned: 0, refused: 0 })}\n`);
    return;
  }
  if (total > 0 && !options.yes && !(await confirm(`Give these roles on ${domain}?`))) {
    process.stdout.write('  Nothing has been done.\n');
    return;
  }
  const totals = await give(target, snapshot, people, {
    report: known ?? openBackfillReport(file, domain),
    signal,
    onProgress: (assigned) => progress.say(`${countOf(assigned)} of ${countOf(total)} roles assigned`),
  });
  people.forget();
  progress.end();
  tell(totals, domain, { ...options, report: options.report ?? datedReport() });
}

/** The usual name is that of a run that is not finished. */
function datedReport(): string {
  const file = USUAL_REPORT.replace('.ndjson', `-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.ndjson`);
  renameSync(USUAL_REPORT, file);
  return file;
}

async function give(
  { management }: DeploymentTarget,
  { policy, roles }: TenantSnapshot,
  people: People,
  options: Omit<Parameters<typeof backfillRoles>[2], 'policy' | 'roleIds'>,
): Promise<BackfillTotals> {
  return await backfillRoles(management, people, { ...options, policy, roleIds: roles });
}

function tell({ assigned, refused }: BackfillTotals, domain: string, options: Told): void {
  if (refused > 0) process.exitCode = EXIT_STATUS.different;
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ domain, assigned, refused, report: options.report })}\n`);
    return;
  }
  const colours = coloursFor(process.stdout);
  const not = refused === 0 ? '' : colours.yellow(`, ${countOf(refused)} refused by the tenant`);
  process.stdout.write(
    `  ${colours.green('✓')} ${countOf(assigned)} ${assigned === 1 ? 'role' : 'roles'} assigned${not}. Each is in ${printable(options.report)}.\n\n`,
  );
}

function describe(domain: string, missing: Readonly<Record<string, number>>): string {
  const colours = coloursFor(process.stdout);
  const lines = Object.entries(missing).map(
    ([role, count]) =>
      `  ${colours.green('+')} ${countOf(count).padStart(9)}  ${count === 1 ? 'person is' : 'people are'} given "${printable(role)}"`,
  );
  const none = '  Everybody holds what the policy would give.';
  return ['', `  Tenant ${colours.bold(printable(domain))}`, '', ...(lines.length === 0 ? [none] : lines), '', ''].join(
    '\n',
  );
}

function notApplied(): Problem {
  return new Problem(
    'not_applied',
    'The policy of the configuration is not the one that runs on the tenant, so it gives nobody a role yet.',
    'Put it there first: portcullis apply',
  );
}
