import type { TenantSnapshot } from '../../deployment/tenant-snapshot.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import { errorAsJson, type JsonError } from '../report-error.ts';
import { listenForStop } from '../stop-signal.ts';
import { type Terminal, widthOf } from '../terminal.ts';
import type { DeploymentTarget } from './deployment-target.ts';
import { describeImpact } from './describe-impact.ts';
import { describePastLogins } from './describe-past-logins.ts';
import { maskImpact, maskPastLogins } from './mask-impact.ts';
import { changesGate, type ImpactCommandOptions, type MeasuredPlan, measurePlanImpact } from './measure-plan-impact.ts';

/** The impact of a plan on users, or why it is not known. */
export type PlanImpact = MeasuredPlan | { readonly impact: null; readonly impactError: JsonError };
interface ImpactRequest extends ImpactCommandOptions {
  /** Absent: measured if the plan changes who is let in. */
  readonly impact?: boolean | undefined;
}

/**
 * Refuses to write users into a file if they are not to be read.
 *
 * @throws {Problem} `options_conflict`
 */
export function assertImpactOptions({ impact, csv, logins }: ImpactRequest): void {
  if (impact !== false || (csv === undefined && logins === undefined)) return;
  const option = csv === undefined ? '--logins' : '--csv';
  throw new Problem('options_conflict', `${option} cannot be used with --no-impact, which reads no users.`);
}

/** Whether the impact of a plan on users is to be measured. */
export function isImpactRequested({ impact, csv, logins }: ImpactRequest, snapshot: TenantSnapshot): boolean {
  return impact ?? (csv !== undefined || logins !== undefined || changesGate(snapshot));
}

/**
 * Measures the impact until Ctrl-C stops it. If it was not requested explicitly and cannot be measured, returns the reason,
 * since the plan is useful without it.
 *
 * @throws if it was requested explicitly and cannot be measured
 */
export async function impactUntilStopped(
  { management, desired: { domain } }: Pick<DeploymentTarget, 'management' | 'desired'>,
  snapshot: TenantSnapshot,
  options: ImpactRequest,
  terminal: Terminal,
): Promise<PlanImpact | 'interrupted'> {
  const stop = listenForStop(terminal);
  try {
    const measured = { ...options, signal: stop.abortSignal };
    const found = await measurePlanImpact(management, domain, snapshot, measured, terminal);
    // The output of a pipeline is stored, and many people can read it.
    if (options.people || terminal.stdout.isTTY) return found;
    const { impact, logins } = found;
    return { impact: maskImpact(impact), ...(logins === undefined ? {} : { logins: maskPastLogins(logins) }) };
  } catch (error) {
    if (stop.requested) {
      terminal.stderr.write('  Interrupted. The users read so far are stored: run it again to continue.\n');
      return 'interrupted';
    }
    const refusal = explainManagementError(error, domain);
    if (options.impact === true || options.csv !== undefined || options.logins !== undefined) throw refusal;
    return { impact: null, impactError: errorAsJson(refusal) };
  } finally {
    stop.ignore();
  }
}

/** Prints the impact for the terminal. */
export function showImpact(
  measured: PlanImpact,
  { guarded }: TenantSnapshot,
  { people }: Pick<ImpactRequest, 'people'>,
  terminal: Terminal,
): void {
  const colours = coloursFor(terminal);
  if (measured.impact !== null) {
    const names = new Map(guarded.map(({ clientId, name }) => [clientId, name]));
    const columns = widthOf(terminal.stdout);
    terminal.stdout.write(describeImpact(measured.impact, names, colours, columns));
    if (measured.logins !== undefined) {
      terminal.stdout.write(describePastLogins(measured.logins, names, colours, columns));
    }
    if (people !== true && terminal.stdout.isTTY !== true) {
      terminal.stdout.write('  Outside a terminal, users are masked: --people shows them.\n\n');
    }
    return;
  }
  const { message, remedy, code } = measured.impactError;
  terminal.stdout.write(
    `  ${colours.bold('Impact')} on users: not known. ${printable(message)} ${colours.dim(`[${code}]`)}\n${
      remedy === undefined ? '' : `  ${printable(remedy)}\n`
    }\n`,
  );
}
