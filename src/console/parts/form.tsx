import type { ReactNode } from 'react';
import { invalidFieldOf } from '../management/invalid-field.ts';
import { FieldError } from './field-error.ts';

/** A form that is submitted without leaving the page. A mistake that the tenant found in one field is shown at that field. */
export function Form(props: { onSubmit: () => void; error?: unknown; className?: string; children: ReactNode }) {
  return (
    <form
      className={props.className ?? 'fields'}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      <FieldError value={invalidFieldOf(props.error)}>{props.children}</FieldError>
    </form>
  );
}
