import type { ReactNode } from 'react';
import { TaskDialog } from './task-dialog.tsx';

/** A form in front of the screen; it stays where what it asks for does not work. */
export function FormDialog(props: {
  title: string;
  /** What the button says: a verb. */
  action: string;
  children: ReactNode;
  onSubmit: () => Promise<void>;
  onClose: () => void;
}) {
  const { onSubmit, ...rest } = props;
  return <TaskDialog {...rest} look="primary" className="fields" run={onSubmit} />;
}
