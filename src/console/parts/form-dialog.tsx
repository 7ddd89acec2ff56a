import type { ReactNode } from 'react';
import { TaskDialog } from './task-dialog.tsx';

/** A form in a dialog. The dialog stays open if the request fails. */
export function FormDialog(props: {
  title: string;
  /** Label of the button, a verb. */
  action: string;
  children: ReactNode;
  onSubmit: () => Promise<void>;
  onClose: () => void;
}) {
  const { onSubmit, ...rest } = props;
  return <TaskDialog {...rest} look="primary" className="fields" run={onSubmit} />;
}
