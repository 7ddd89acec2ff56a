import { existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBackfillReport } from '../../deployment/backfill/backfill-report.ts';
import { type BackfillTotals, backfillRoles, holdReported } from '../../deployment/backfill/backfill-roles.ts';
import { countMissingRoles } from '../../deployment/backfill/missing-roles.ts';
import { gatherPeople, type People } from '../../deployment/people/gather-people.ts';
import { readTenant } from '../../deployment/read-tenant.ts';
import type { TenantSnapshot } from '../../deployment/tenant-snapshot.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import { type Progress, startProgress } from '../progress.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { confirm } from './confirm.ts';
import { type DeploymentTarget, deploymentTarget } from './deployment-target.ts';
import { countOf, showGathering } from './gathering-progress.ts';
import { changesGate, STATE_FOLDER } from './measure-plan-impact.ts';

/** The options of `portcullis backfill`. */
export interface BackfillCommandOptions {
  readonly config?: string;
  readonly dryRun?: boolean;
  /** Absent: a file with the default name, to which the date is added when it is complete. */
  readonly report?: string;
  readonly fresh?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

type ReportOptions = Pick<BackfillCommandOptions, 'json'> & { readonly report: string };

const DEFAULT_REPORT = 'portcullis-backfill.ndjson';

/** Counts the missing roles, asks for confirmation, and assigns them. */
export async function runBackfill(options: BackfillCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  const target = await deploymentTarget(options.config, terminal);
  const { domain } = target.desired;
  const stop = listenForStop(terminal);
  const progress = startProgress(terminal.stderr);
  try {
    return await backfill(target, options, { signal: stop.abortSignal, progress, terminal });
  } catch (error) {
    progress.end();
    if (!stop.requested) throw explainManagementError(error, domain);
    terminal.stderr.write('  Interrupted. What was assigned is in the report; continue with: portcullis backfill\n');
    return EXIT_STATUS.interrupted;
  } finally {
    progress.end();
    stop.ignore();
  }
}

async function backfill(
  target: DeploymentTarget,
  options: BackfillCommandOptions,
  {
    signal,
    progress,
    terminal,
  }: { readonly signal: AbortSignal; readonly progress: Progress; readonly terminal: Terminal },
): Promise<ExitStatus> {
  const { management, desired } = target;
  const { domain } = desired;
  const snapshot = await readTenant(management, desired);
  // A policy that does not run on the tenant has not decided anything, so its roles must not be assigned.
  if (changesGate(snapshot)) throw notApplied();
  const people = await gatherPeople(management, {
    domain,
    policies: [snapshot.policy],
    folder: join(terminal.folder, STATE_FOLDER),
    fresh: options.fresh === true,
    signal,
    onProgress: (at) => showGathering(progress, at, terminal),
  });
  if (options.dryRun) {
    const missing = await countMissingRoles(people, snapshot.policy, signal);
    people.forget();
    progress.end();
    terminal.stdout.write(
      options.json ? `${JSON.stringify({ domain, missing })}\n` : describe(domain, missing, terminal),
    );
    return EXIT_STATUS.ok;
  }
  const file = resolve(terminal.folder, options.report ?? DEFAULT_REPORT);
  const interrupted = existsSync(file);
  const known = interrupted ? openBackfillReport(file, domain) : undefined;
  if (known !== undefined) holdReported(people, known);
  const missing = await countMissingRoles(people, snapshot.policy, signal);
  progress.end();
  if (!options.json) terminal.stdout.write(describe(domain, missing, terminal));
  const total = Object.values(missing).reduce((sum, count) => sum + count, 0);
  if (total === 0 && known === undefined) {
    people.forget();
    if (options.json) terminal.stdout.write(`${JSON.stringify({ domain, assigned: 0, refused: 0 })}\n`);
    return EXIT_STATUS.ok;
  }
  if (total > 0 && !options.yes && !(await confirm(`Give these roles on ${domain}?`, terminal))) {
    terminal.stdout.write('  Nothing has been done.\n');
    return EXIT_STATUS.declined;
  }
  const totals = await give(target, snapshot, people, {
    report: known ?? openBackfillReport(file, domain),
    signal,
    onProgress: (assigned) => progress.show(`${countOf(assigned)} of ${countOf(total)} roles assigned`),
  });
  people.forget();
  progress.end();
  return reportTotals(totals, domain, { ...options, report: options.report ?? datedReport(terminal.folder) }, terminal);
}

/** Renames the report, since its default name means that the run is not complete. */
function datedReport(folder: string): string {
  const file = DEFAULT_REPORT.replace(
    '.ndjson',
    `-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.ndjson`,
  );
  renameSync(join(folder, DEFAULT_REPORT), join(folder, file));
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

function reportTotals(
  { assigned, refused }: BackfillTotals,
  domain: string,
  options: ReportOptions,
  terminal: Terminal,
): ExitStatus {
  const status = refused > 0 ? EXIT_STATUS.different : EXIT_STATUS.ok;
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify({ domain, assigned, refused, report: options.report })}\n`);
    return status;
  }
  const colours = coloursFor(terminal);
  const refusals = refused === 0 ? '' : colours.yellow(`, ${countOf(refused)} refused by the tenant`);
  terminal.stdout.write(
    `  ${colours.green('✓')} ${countOf(assigned)} ${assigned === 1 ? 'role' : 'roles'} assigned${refusals}. Each is in ${printable(options.report)}.\n\n`,
  );
  return status;
}

function describe(domain: string, missing: Readonly<Record<string, number>>, terminal: Terminal): string {
  const colours = coloursFor(terminal);
  const lines = Object.entries(missing).map(
    ([role, count]) =>
      `  ${colours.green('+')} ${countOf(count).padStart(9)}  ${count === 1 ? 'user gets' : 'users get'} "${printable(role)}"`,
  );
  const none = '  Every user has the roles that the policy would give.';
  return ['', `  Tenant ${colours.bold(printable(domain))}`, '', ...(lines.length === 0 ? [none] : lines), '', ''].join(
    '\n',
  );
}

function notApplied(): Problem {
  return new Problem(
    'not_applied',
    'The policy of the configuration does not run on the tenant yet, so it assigns no roles yet.',
  );
}
