import { messageOf, remedyFor } from '../management/management-error.ts';

/** What went wrong, and what to do about it; nothing where nothing did. */
export function Problem({ error, again }: { error: unknown; again?: () => void }) {
  if (error === undefined) return null;
  const remedy = remedyFor(error);
  return (
    <div className="problem" role="alert">
      <strong>{messageOf(error)}</strong>
      {remedy && <span> {remedy}</span>}
      {again && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}
