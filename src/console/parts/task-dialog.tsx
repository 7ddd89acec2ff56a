import type { ReactNode } from 'react';
import { useTask } from '../management/use-task.ts';
import { Dialog } from './dialog.tsx';
import { Form } from './form.tsx';
import { ProblemNotice } from './problem-notice.tsx';

/** A dialog with a button that does something; it stays until that is done, and where it does not work, and says why. */
export function TaskDialog(props: {
  title: string;
  /** What the button says: a verb. */
  action: string;
  look: 'primary' | 'danger';
  /** Of what is between the title and the buttons. */
  className: string;
  children: ReactNode;
  run: () => Promise<void>;
  onClose: () => void;
}) {
  const task = useTask(props.run);
  return (
    <Dialog title={props.title} onClose={props.onClose} busy={task.busy}>
      <Form className={props.className} onSubmit={task.run}>
        {props.children}
        <ProblemNotice error={task.error} />
        <div className="buttons">
          <button type="button" disabled={task.busy} onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" className={props.look} disabled={task.busy}>
            {props.action}
          </button>
        </div>
      </Form>
    </Dialog>
  );
}
