import type { AdmissionReason } from '../../../policy/decision.ts';
import { explainAdmission } from '../../../policy/explain.ts';
import type { RecordedLogin } from '../logins/recorded-login.ts';
import { refusalOfAddress } from '../logs/refusal-of-address.ts';

/** Counts of logins and durations of Actions, as the tenant serves them to its console. A test compares the type with the tenant's. */
export interface Overview {
  readonly since: string;
  readonly complete: boolean;
  readonly logins: readonly LoginCount[];
  readonly actions: readonly ActionTimes[];
}

export interface LoginCount {
  readonly hour: string;
  readonly outcome: RecordedLogin['passes'][number]['outcome'];
  readonly note?: string;
  readonly decision?: string;
  readonly reason?: string;
  readonly rule?: string;
  readonly count: number;
}

export interface ActionTimes {
  readonly id: string;
  readonly name: string;
  readonly runs: number;
  readonly failed: number;
  readonly median: number;
  readonly slow: number;
}

/** The end of a login, in a word. */
export type Fate = 'let in' | 'refused' | 'waits';

/** The end of a login and its reason, in words. */
function fateOf(login: LoginCount): { readonly fate: Fate; readonly why: string } {
  const { outcome, note, rule, decision, reason } = login;
  switch (outcome) {
    case 'continue':
      return { fate: 'let in', why: decision === 'admit' ? admission(reason, rule) : 'no policy decided' };
    case 'deny':
      return { fate: 'refused', why: note ?? 'by an Action' };
    case 'refused':
      return { fate: 'refused', why: `by the tenant: ${note}` };
    case 'error':
      return { fate: 'refused', why: `failed: ${note}` };
    case 'factors':
      return { fate: 'waits', why: 'for a second factor' };
    case 'redirect': {
      const refusal = refusalOfAddress(note);
      if (refusal === undefined) return { fate: 'waits', why: `at ${note}` };
      return { fate: 'refused', why: rule === undefined ? refusal : `rule “${rule}”` };
    }
  }
}

function admission(reason: string | undefined, rule: string | undefined): string {
  if (rule !== undefined) return `rule “${rule}”`;
  return explainAdmission({ reason: reason as AdmissionReason }).replace(/^Let in /, '');
}

/** One bar of the chart: the logins of an hour or a day. */
export interface Bar {
  readonly from: Date;
  readonly counts: Readonly<Record<Fate, number>>;
}

/** The logins by hour, or by day if it is more than one. The days are those of the browser's time zone. */
export function barsOf(logins: readonly LoginCount[], days: number, now = new Date()): Bar[] {
  const start = new Date(now);
  if (days > 1) start.setHours(0, 0, 0, 0);
  else start.setMinutes(0, 0, 0);
  const bars = Array.from({ length: days > 1 ? days : 24 }, (_, back) => {
    const from = new Date(start);
    if (days > 1) from.setDate(from.getDate() - back);
    else from.setTime(from.getTime() - back * 3_600_000);
    return { from, counts: { 'let in': 0, refused: 0, waits: 0 } };
  }).reverse();
  for (const login of logins) {
    const bar = bars.findLast(({ from }) => from.getTime() <= Date.parse(login.hour));
    if (bar !== undefined) bar.counts[fateOf(login).fate] += login.count;
  }
  return bars;
}

/** The counts of logins by their fate, and by the reason for it, most frequent first. */
export function totalsOf(logins: readonly LoginCount[]) {
  const totals = { 'let in': 0, refused: 0, waits: 0 };
  const reasons = new Map<string, { fate: Fate; why: string; count: number }>();
  for (const login of logins) {
    const { fate, why } = fateOf(login);
    totals[fate] += login.count;
    const key = `${fate} ${why}`;
    reasons.set(key, { fate, why, count: (reasons.get(key)?.count ?? 0) + login.count });
  }
  return { totals, reasons: [...reasons.values()].sort((one, other) => other.count - one.count) };
}
