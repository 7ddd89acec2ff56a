import { Badge } from '../../parts/badge.tsx';
import type { DescribedOperation } from './description.ts';
import { inSentence, inWords } from './resource-words.ts';

const states = {
  effective: { look: 'good', label: 'has an effect', note: 'Logins, pages, mails or the log here follow it.' },
  kept: { look: undefined, label: 'only stored', note: 'Stored and shown as on Auth0, without an effect here.' },
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
        Without an effect here <span className="muted">{kept.length}</span>
      </summary>
      <p className="muted">Stored and shown as on Auth0: {kept.map((name) => inSentence(inWords(name))).join(', ')}.</p>
    </details>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
