import { CircleAlert } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { invalidFieldOf } from '../management/invalid-field.ts';
import { codeOf, messageOf, remedyFor } from '../management/management-error.ts';
import { Icon } from './icon.tsx';

/** An error with its code and its remedy. Renders nothing without an error. */
export function ProblemNotice({ error, again }: { error: unknown; again?: () => void }) {
  const notice = useRef<HTMLDivElement>(null);
  // The end of a long dialog is out of sight.
  useEffect(() => {
    if (error !== undefined && notice.current?.closest('dialog')) notice.current.scrollIntoView({ block: 'nearest' });
  }, [error]);
  if (error === undefined) return null;
  const code = codeOf(error);
  const remedy = remedyFor(error);
  const invalid = invalidFieldOf(error);
  return (
    <div className="problem" role="alert" ref={notice}>
      <Icon of={CircleAlert} />
      <strong>{invalid === undefined ? messageOf(error) : `${inWords(invalid.property)}: ${invalid.message}`}</strong>
      {code && invalid === undefined && <code> {code}</code>}
      {remedy && <span> {remedy}</span>}
      {again && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

/** The name of a property as the label of a field has it: `colors.page_background` becomes `Colors page background`. */
function inWords(property: string): string {
  const words = property.replaceAll(/[._]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
