import type { ReactNode } from 'react';
import { invalidFieldOf } from '../management/invalid-field.ts';
import { FieldError } from './field-error.ts';

/** A form that is submitted without leaving the page. A mistake that the tenant found in one field is shown at that field. */
export function Form(props: { onSubmit: () => void; error?: unknown; className?: string; children: ReactNode }) {
  return (
    <form
      className={props.className ?? 'fields'}
      onInvalidCapture={({ target }) => unfold(target as Element)}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <FieldError value={invalidFieldOf(props.error)}>{props.children}</FieldError>
    </form>
  );
}

/** A browser cannot show a mistake in a field that is folded away, and would not say why it sends nothing. */
function unfold(field: Element): void {
  const folded = field.closest('details:not([open])');
  if (folded === null) return;
  folded.setAttribute('open', '');
  unfold(field);
}
