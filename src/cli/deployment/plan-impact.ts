import type { Impact } from '../../deployment/impact/impact.ts';
import type { TenantSnapshot } from '../../deployment/tenant-snapshot.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import { errorAsJson, type JsonError } from '../report-error.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import type { DeploymentTarget } from './deployment-target.ts';
import { describeImpact } from './describe-impact.ts';
import { maskImpact } from './mask-impact.ts';
import { changesGate, type ImpactCommandOptions, measurePlanImpact } from './measure-plan-impact.ts';

/** What a plan means to people, or why that cannot be told. */
export type PlanImpact = { readonly impact: Impact } | { readonly impact: null; readonly impactError: JsonError };
interface Wish extends ImpactCommandOptions {
  /** Absent: where the plan changes who is let in. */
  readonly impact?: boolean | undefined;
}

/**
 * Refuses to write down people who are not to be read.
 *
 * @throws {Problem} `options_conflict`
 */
export function checkWish({ impact, csv }: Wish): void {
  if (impact !== false || csv === undefined) return;
  const message = '--csv cannot be used with --no-impact, which reads nobody who could be written into the file.';
  throw new Problem('options_conflict', message);
}

/** Whether a plan is to say what it means to people. */
export function wantsImpact({ impact, csv }: Wish, snapshot: TenantSnapshot): boolean {
  return impact ?? (csv !== undefined || changesGate(snapshot));
}

/**
 * Measures it; Ctrl-C ends that. Where nobody asked for it and it cannot be told, the plan is worth something without it.
 *
 * @throws where it was asked for
 */
export async function impactUntilStopped(
  { management, desired: { domain } }: Pick<DeploymentTarget, 'management' | 'desired'>,
  snapshot: TenantSnapshot,
  options: Wish,
  terminal: Terminal,
): Promise<PlanImpact | 'interrupted'> {
  const stop = listenForStop(terminal);
  try {
    const measured = { ...options, signal: stop.abortSignal };
    const impact = await measurePlanImpact(management, domain, snapshot, measured, terminal);
    // What a pipeline prints is kept, and read by many.
    return { impact: options.people || terminal.stdout.isTTY ? impact : maskImpact(impact) };
  } catch (error) {
    if (stop.requested) {
      terminal.stderr.write('  Interrupted. What has been read of the people is kept: run it again to go on.\n');
      return 'interrupted';
    }
    const refusal = explainManagementError(error, domain);
    if (options.impact === true || options.csv !== undefined) throw refusal;
    return { impact: null, impactError: errorAsJson(refusal) };
  } finally {
    stop.ignore();
  }
}

/** Prints it for a person. */
export function showImpact(measured: PlanImpact, { guarded }: TenantSnapshot, terminal: Terminal): void {
  const colours = coloursFor(terminal);
  if (measured.impact !== null) {
    const names = new Map(guarded.map(({ clientId, name }) => [clientId, name]));
    terminal.stdout.write(describeImpact(measured.impact, names, colours));
    return;
  }
  const { message, remedy, code } = measured.impactError;
  terminal.stdout.write(
    `  ${colours.bold('Impact')} on people: not known. ${printable(message)} ${colours.dim(`[${code}]`)}\n${
      remedy === undefined ? '' : `  ${printable(remedy)}\n`
    }\n`,
  );
}
