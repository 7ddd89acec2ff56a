import type { ReactNode } from 'react';
import { useTask } from '../management/use-task.ts';
import { useGuard } from '../navigation/use-guard.ts';
import { Form } from './form.tsx';
import { useNotify } from './notices.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import type { Fields } from './use-fields.ts';

/** Fields that are saved together: says that they are, or why not. Where nothing was changed there is nothing to save or to lose. */
export function SaveForm(props: {
  fields: Pick<Fields<object>, 'saved' | 'changes'>;
  /** What the button says. */
  action: string;
  save: () => Promise<unknown>;
  /** What is said when it is done. */
  said: string;
  onSaved: () => void;
  children: ReactNode;
}) {
  const { fields, action, said, onSaved, children } = props;
  const notify = useNotify();
  const dirty = Object.keys(fields.changes).length > 0;
  useGuard(dirty);
  const save = useTask(async () => {
    if (dirty) await props.save();
    fields.saved();
    notify(said);
    onSaved();
  });
  return (
    <Form onSubmit={save.run}>
      {children}
      <ProblemNotice error={save.error} />
      <div className="row">
        <button type="submit" className="primary" disabled={save.busy}>
          {action}
        </button>
      </div>
    </Form>
  );
}
