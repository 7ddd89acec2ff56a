import type { ReactNode } from 'react';

/** A form that is submitted without leaving the page. */
export function Form(props: { onSubmit: () => void; className?: string; children: ReactNode }) {
  return (
    <form
      className={props.className ?? 'fields'}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
    </form>
  );
}
