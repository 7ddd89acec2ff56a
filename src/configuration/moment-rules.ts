const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const DAY_MS = 86_400_000;

/**
 * Reads a day (its noon, UTC) or a moment with a time zone.
 *
 * @returns milliseconds since 1970; `undefined` for anything else, such as a day that no calendar has
 * @example momentOf('2027-03-31') // 1806494400000
 */
export function momentOf(text: string): number | undefined {
  const start = dayOf(text);
  if (start !== undefined) return start + DAY_MS / 2;
  return exactMoment(text);
}

/**
 * Returns the first moment of a `from`: of a day, its beginning in UTC.
 *
 * @example startOf('2027-03-31') // '2027-03-31T00:00:00.000Z'
 */
export function startOf(text: string): string | undefined {
  const moment = dayOf(text) ?? exactMoment(text);
  return moment === undefined ? undefined : new Date(moment).toISOString();
}

/**
 * Returns the end of an `until`: of a day, the beginning of the next one in UTC, so that the day itself counts.
 *
 * @example endOf('2027-03-31') // '2027-04-01T00:00:00.000Z'
 */
export function endOf(text: string): string | undefined {
  const day = dayOf(text);
  const moment = day === undefined ? exactMoment(text) : day + DAY_MS;
  return moment === undefined ? undefined : new Date(moment).toISOString();
}

function dayOf(text: string): number | undefined {
  return DAY.test(text) && isDay(text) ? Date.parse(text) : undefined;
}

function exactMoment(text: string): number | undefined {
  const moment = MOMENT.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

/** JavaScript reads the 31st of February as a day in March. */
function isDay(text: string): boolean {
  const moment = Date.parse(text);
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}
