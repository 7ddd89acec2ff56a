import type { ReactNode } from 'react';
import { TaskDialog } from './task-dialog.tsx';

/** Asks before something is done that cannot be undone. */
export function ConfirmDialog(props: {
  title: string;
  /** What the button says: a verb. */
  action: string;
  children: ReactNode;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const { onConfirm, ...rest } = props;
  return <TaskDialog {...rest} look="danger" className="question" run={onConfirm} />;
}
