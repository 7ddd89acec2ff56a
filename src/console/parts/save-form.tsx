import type { ReactNode } from 'react';
import { useTask } from '../management/use-task.ts';
import { useGuard } from '../navigation/use-guard.ts';
import { Form } from './form.tsx';
import { useNotify } from './notices.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { Fields } from './use-fields.ts';

/**
 * A form whose fields are saved together. Shows a notice when they are saved, and the error if saving fails. Without changes it
 * sends no request, and the user can leave it without a question.
 */
export function SaveForm(props: {
  fields: Pick<Fields<object>, 'saved' | 'changes'>;
  /** Label of the button. */
  action: string;
  save: () => Promise<unknown>;
  /** Notice after saving. */
  doneMessage: string;
  onSaved: () => void;
  children: ReactNode;
}) {
  const { fields, action, doneMessage, onSaved, children } = props;
  const notify = useNotify();
  const dirty = Object.keys(fields.changes).length > 0;
  useGuard(dirty);
  const save = useTask(async () => {
    if (dirty) await props.save();
    fields.saved();
    notify(doneMessage);
    onSaved();
  });
  return (
    <Form error={save.error} onSubmit={save.run}>
      {children}
      <ProblemNotice error={save.error} />
      <div className="row">
        <button type="submit" className="primary" disabled={save.busy} aria-busy={save.busy}>
          {action}
        </button>
      </div>
    </Form>
  );
}
