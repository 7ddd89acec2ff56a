import { codeOf, messageOf, remedyFor } from '../management/management-error.ts';

/** An error with its code and its remedy. Renders nothing without an error. */
export function ProblemNotice({ error, again }: { error: unknown; again?: () => void }) {
  if (error === undefined) return null;
  const code = codeOf(error);
  const remedy = remedyFor(error);
  return (
    <div className="problem" role="alert">
      <strong>{messageOf(error)}</strong>
      {code && <code> {code}</code>}
      {remedy && <span> {remedy}</span>}
      {again && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}
