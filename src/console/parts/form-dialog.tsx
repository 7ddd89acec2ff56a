import type { ReactNode } from 'react';
import { useTask } from '../management/use-task.ts';
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';

/** A form in front of the screen; it stays where what it asks for does not work. */
export function FormDialog(props: {
  title: string;
  action: string;
  children: ReactNode;
  onSubmit: () => Promise<void>;
  onClose: () => void;
}) {
  const task = useTask(props.onSubmit);
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void task.run();
        }}
      >
        {props.children}
        <Problem error={task.error} />
        <div className="buttons">
          <button type="button" onClick={props.onClose}>
            Cancel
          </button>
          <button type="submit" className="primary" disabled={task.busy}>
            {props.action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
