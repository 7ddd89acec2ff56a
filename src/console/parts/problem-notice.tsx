import { CircleAlert } from 'lucide-react';
import { invalidFieldOf } from '../management/invalid-field.ts';
import { codeOf, messageOf, remedyFor } from '../management/management-error.ts';
import { Icon } from './icon.tsx';

/** An error with its code and its remedy. Renders nothing without an error. */
export function ProblemNotice({ error, again }: { error: unknown; again?: () => void }) {
  if (error === undefined) return null;
  const code = codeOf(error);
  const remedy = remedyFor(error);
  const invalid = invalidFieldOf(error);
  return (
    <div className="problem" role="alert">
      <Icon of={CircleAlert} />
      <strong>{invalid === undefined ? messageOf(error) : `${invalid.property}: ${invalid.message}`}</strong>
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
