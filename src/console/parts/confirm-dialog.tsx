import type { ReactNode } from 'react';
import { useTask } from '../management/use-task.ts';
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';

/** Asks before something is done that cannot be undone. */
export function ConfirmDialog(props: {
  title: string;
  /** What the button says: a verb. */
  action: string;
  children: ReactNode;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const task = useTask(props.onConfirm);
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      {props.children}
      <Problem error={task.error} />
      <div className="buttons">
        <button type="button" onClick={props.onClose}>
          Cancel
        </button>
        <button type="button" className="danger" disabled={task.busy} onClick={() => task.run()}>
          {props.action}
        </button>
      </div>
    </Dialog>
  );
}
