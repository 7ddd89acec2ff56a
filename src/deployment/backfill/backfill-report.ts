import { appendFileSync, existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { Problem } from '../../problem/problem.ts';
import type { MissingRole } from './missing-roles.ts';

/** What became of a role that somebody lacked. */
export interface ReportLine extends MissingRole {
  readonly at: string;
  readonly status: 'assigned' | 'refused';
  /** Why the tenant refused it. */
  readonly reason?: string;
}

/** A file with a line of JSON for every assignment, which says how far a run came. */
export interface BackfillReport {
  /** What an interrupted run has done already. */
  readonly before: readonly ReportLine[];
  add(lines: readonly ReportLine[]): void;
  /** Marks it complete: the next run begins another. */
  finish(totals: { readonly assigned: number; readonly refused: number }): void;
}

const FORMAT = 1;

/**
 * Opens the report of a tenant's backfill: that of an interrupted run is gone on with, a finished one is never overwritten.
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
  // Before anything is assigned that could not be written down.
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
  // A line that was cut off while it was written must not run into the next.
  if (whole.length < text.length) truncateSync(file, statSync(file).size - Buffer.byteLength(text.slice(whole.length)));
  const values = whole
    .split('\n')
    .filter((line) => line !== '')
    .map(parse);
  const [head, ...rest] = values;
  if (head === undefined || !('portcullisBackfill' in head) || head.portcullisBackfill !== FORMAT) {
    throw unusable(file, 'it is no report of a backfill');
  }
  if (!('domain' in head) || head.domain !== domain) throw unusable(file, 'it belongs to another tenant');
  if (rest.some((value) => 'finished' in value)) throw unusable(file, 'it is that of a run that was finished');
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
