import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useTask } from '../../management/use-task.ts';
import { navigate } from '../../navigation/location.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { TextField } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Problem } from '../../parts/problem.tsx';

/** A role's name and description, and its end. */
export function RoleSettings({ role, onChange }: { role: Management.GetRoleResponseContent; onChange: () => void }) {
  const [name, setName] = useState(role.name ?? '');
  const [description, setDescription] = useState(role.description ?? '');
  const [asking, setAsking] = useState(false);
  const notify = useNotify();
  const path = `roles/${segment(role.id ?? '')}`;
  const save = useTask(async () => {
    await manage.patch(path, { name, description } satisfies Management.UpdateRoleRequestContent);
    notify('The role is saved.');
    onChange();
  });
  const remove = async () => {
    await manage.delete(path);
    notify(`“${role.name}” is deleted.`);
    navigate('/console/roles');
  };
  return (
    <>
      <form
        className="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <TextField label="Name" required value={name} onChange={setName} />
        <TextField label="Description" value={description} onChange={setDescription} />
        <Problem error={save.error} />
        <div className="row">
          <button type="submit" className="primary" disabled={save.busy}>
            Update
          </button>
        </div>
      </form>
      <section className="dangerous" aria-label="Danger zone">
        <div>
          <span>Whoever holds a deleted role holds it no more.</span>
          <button type="button" className="danger" onClick={() => setAsking(true)}>
            Delete
          </button>
        </div>
      </section>
      {asking && (
        <ConfirmDialog
          title={`Delete “${role.name}”?`}
          action="Delete role"
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>All of its members lose it. This cannot be undone.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
