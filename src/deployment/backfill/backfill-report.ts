import { appendFileSync, existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { Problem } from '../../problem/problem.ts';
import type { MissingRole } from './missing-roles.ts';

/** The outcome for a role that a user lacked. */
export interface ReportLine extends MissingRole {
  readonly at: string;
  readonly status: 'assigned' | 'refused';
  /** The tenant's reason for a refusal. */
  readonly reason?: string;
}

/** A file with a line of JSON for every assignment. It records how far a run got. */
export interface BackfillReport {
  /** The assignments of an interrupted run. */
  readonly before: readonly ReportLine[];
  add(lines: readonly ReportLine[]): void;
  /** Marks the report as complete: the next run begins another. */
  finish(totals: { readonly assigned: number; readonly refused: number }): void;
}

const FORMAT = 1;

/**
 * Opens the report of a tenant's backfill. The report of an interrupted run is continued; a complete one is never overwritten.
 *
 * @throws {Problem} `report_unusable`
 */
export function openBackfillReport(file: string, domain: string): BackfillReport {
  const before = existsSync(file) ? linesOf(file, domain) : undefined;
  let begun = before !== undefined;
  const write = (values: readonly object[]): void => {
    const head = begun ? [] : [{ portcullisBackfill: FORMAT, domain, begun: new Date().toISOString() }];
    try {
      appendFileSync(file, [...head, ...values].map((value) => `${JSON.stringify(value)}\n`).join(''), { mode: 0o600 });
    } catch (error) {
      throw unusable(file, error instanceof Error && 'code' in error ? String(error.code) : 'it cannot be written');
    }
    begun = true;
  };
  // Written first, so that nothing is assigned that cannot be recorded.
  if (before === undefined) write([]);
  return {
    before: before ?? [],
    add: write,
    finish: (totals) => write([{ finished: new Date().toISOString(), ...totals }]),
  };
}

function linesOf(file: string, domain: string): ReportLine[] {
  const text = readFileSync(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // A line that was cut off during a write must not run into the next line.
  if (whole.length < text.length) truncateSync(file, statSync(file).size - Buffer.byteLength(text.slice(whole.length)));
  const values = whole
    .split('\n')
    .filter((line) => line !== '')
    .map(parse);
  const [head, ...rest] = values;
  if (head === undefined || !('portcullisBackfill' in head) || head.portcullisBackfill !== FORMAT) {
    throw unusable(file, 'it is not the report of a backfill');
  }
  if (!('domain' in head) || head.domain !== domain) throw unusable(file, 'it belongs to another tenant');
  if (rest.some((value) => 'finished' in value)) throw unusable(file, 'it is the report of a complete run');
  return rest.flatMap((value) => (isReportLine(value) ? [value] : []));
}

function parse(line: string): object {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function isReportLine(value: Partial<Record<keyof ReportLine, unknown>>): value is ReportLine {
  return (
    typeof value.userId === 'string' &&
    typeof value.role === 'string' &&
    (value.status === 'assigned' || value.status === 'refused')
  );
}

function unusable(file: string, why: string): Problem {
  return new Problem('report_unusable', `${file} cannot be used for the report: ${why}.`);
}
