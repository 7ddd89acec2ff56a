import type { ReactNode } from 'react';
import { TaskDialog } from './task-dialog.tsx';

/** Asks the user to confirm a change that cannot be undone. */
export function ConfirmDialog(props: {
  title: string;
  /** Label of the button, a verb. */
  action: string;
  children: ReactNode;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const { onConfirm, ...rest } = props;
  return <TaskDialog {...rest} look="danger" className="question" run={onConfirm} />;
}
