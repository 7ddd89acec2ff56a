import { Badge } from '../../parts/badge.tsx';
import type { DescribedOperation } from './description.ts';
import { inWords } from './resource-words.ts';

const states = {
  effective: { look: 'good', label: 'effective', note: 'A login, a page, a mail or the log is different for it.' },
  kept: {
    look: undefined,
    label: 'kept',
    note: 'Stored and shown as on Auth0. Nothing else in this tenant looks at it.',
  },
  absent: { look: 'warning', label: 'not here', note: 'This tenant does not have it. Use an Auth0 tenant for it.' },
} as const;

/** Whether an operation has an effect on this tenant, in one word. */
export function StateBadge({ state }: Pick<DescribedOperation, 'state'>) {
  const { look, label } = states[state];
  return <Badge {...(look !== undefined && { look })}>{label}</Badge>;
}

/** Whether an operation has an effect on this tenant, with what is special here. */
export function StateNote({ operation }: { operation: DescribedOperation }) {
  const { state, limit } = operation;
  return (
    <p className="state-note">
      <StateBadge state={state} />{' '}
      <span className="muted">{limit === undefined ? states[state].note : sentence(limit)}</span>
    </p>
  );
}

/** The settings of a form that have no effect on this tenant, if others have one. */
export function KeptSettings({ kept, state }: { kept: readonly string[] } & Pick<DescribedOperation, 'state'>) {
  if (state !== 'effective' || kept.length === 0) return null;
  return (
    <details className="fold">
      <summary>
        Only kept <span className="muted">{kept.length}</span>
      </summary>
      <p className="muted">
        {states.kept.note} This applies to: {kept.map((name) => inWords(name)).join(', ')}.
      </p>
    </details>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
