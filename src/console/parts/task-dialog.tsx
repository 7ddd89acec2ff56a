import type { ReactNode } from 'react';
import { useTask } from '../management/use-task.ts';
import { Dialog } from './dialog.tsx';
import { Form } from './form.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A dialog with a button that runs an operation. It stays open while the operation runs, and shows the error if it fails. */
export function TaskDialog(props: {
  title: string;
  /** Label of the button, a verb. */
  action: string;
  look: 'primary' | 'danger';
  /** CSS class of the form. */
  className: string;
  children: ReactNode;
  run: () => Promise<void>;
  onClose: () => void;
}) {
  const task = useTask(props.run);
  return (
    <Dialog title={props.title} onClose={props.onClose} busy={task.busy}>
      <Form className={props.className} error={task.error} onSubmit={task.run}>
        {props.children}
        <ProblemNotice error={task.error} />
        <div className="buttons">
          <button type="button" disabled={task.busy} onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" className={props.look} disabled={task.busy} aria-busy={task.busy}>
            {props.action}
          </button>
        </div>
      </Form>
    </Dialog>
  );
}
