/** From the first millisecond of a date up to, but not including, the first one after it; ISO 8601. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

const form =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/;

/**
 * The period of a date in a search: a year, a month, a day, or a part of one, in UTC unless it has a time zone.
 *
 * @returns undefined if it is not a date
 * @example
 * periodOf('2018-12') // { start: '2018-12-01T00:00:00.000Z', end: '2019-01-01T00:00:00.000Z' }
 */
export function periodOf(text: string): Period | undefined {
  const [, year, month, day, hour, minute, second, fraction, zone] = form.exec(text) ?? [];
  if (year === undefined) return undefined;
  const milliseconds = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const parts = [year, month ?? 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0].map(Number);
  const precision = [year, month, day, hour, minute, second].filter((part) => part !== undefined).length;
  const start = timeOf(parts, milliseconds);
  // A date that does not exist, such as 31 February, would become another day.
  if (new Date(start).toISOString().slice(0, 10) !== isoDay(parts) || (parts[3] ?? 0) > 23) return undefined;
  if ((parts[4] ?? 0) > 59 || (parts[5] ?? 0) > 59) return undefined;
  const following = parts.map((part, index) => (index === precision - 1 ? part + 1 : part));
  const end = fraction === undefined ? timeOf(following, 0) : start + 1;
  const offset = offsetOf(zone);
  return { start: isoTime(start - offset), end: isoTime(end - offset) };
}

function timeOf(
  [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[],
  milliseconds: number,
): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second, milliseconds);
}

function isoDay([year = 0, month = 1, day = 1]: number[]): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Years of more than four digits would not sort as text. */
function isoTime(time: number): string {
  const iso = new Date(time).toISOString();
  return iso.startsWith('+') ? '9999-12-31T23:59:59.999Z' : iso;
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
