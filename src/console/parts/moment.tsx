const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** A date and time in the time zone of the browser. */
export function Moment({ at }: { at: unknown }) {
  const date = typeof at === 'string' || at instanceof Date ? new Date(at) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) return <span className="muted">never</span>;
  return <time dateTime={date.toISOString()}>{format.format(date)}</time>;
}
