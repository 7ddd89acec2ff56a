const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** A point in time, in the person's own time zone. */
export function Moment({ at }: { at: unknown }) {
  const date = typeof at === 'string' || at instanceof Date ? new Date(at) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) return <span className="muted">never</span>;
  return <time dateTime={date.toISOString()}>{format.format(date)}</time>;
}
