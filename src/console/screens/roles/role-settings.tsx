import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { Danger, DangerZone } from '../../parts/danger-zone.tsx';
import { TextField } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { useFields } from '../../parts/use-fields.ts';

/** Changes a role's name and description, or deletes it. Sends only the changed fields. */
export function RoleSettings({ role, onChange }: { role: Management.GetRoleResponseContent; onChange: () => void }) {
  const fields = useFields({ name: role.name ?? '', description: role.description ?? '' });
  const { changes, field } = fields;
  const notify = useNotify();
  const path = `roles/${segment(role.id ?? '')}`;
  const save = () => manage.patch(path, changes satisfies Management.UpdateRoleRequestContent);
  const remove = async () => {
    await manage.delete(path);
    notify(`“${role.name}” is deleted.`);
    navigate('/console/roles', { ask: false });
  };
  return (
    <>
      <SaveForm fields={fields} action="Update" save={save} doneMessage="The role is saved." onSaved={onChange}>
        <TextField label="Name" required {...field('name')} />
        <TextField label="Description" {...field('description')} />
      </SaveForm>
      <DangerZone>
        <Danger
          note="All users lose a deleted role."
          label="Delete"
          title={`Delete “${role.name}”?`}
          action="Delete role"
          consequence="All users who hold it lose it. This cannot be undone."
          onConfirm={remove}
        />
      </DangerZone>
    </>
  );
}
