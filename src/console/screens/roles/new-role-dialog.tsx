import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useFields } from '../../parts/use-fields.ts';

/** Creates a role. */
export function NewRoleDialog({ onClose }: { onClose: () => void }) {
  const { values, field } = useFields({ name: '', description: '' });
  const create = async () => {
    const body = values satisfies Management.CreateRoleRequestContent;
    const { id = '' } = await manage.post<Management.CreateRoleResponseContent>('roles', body);
    navigate(`/console/roles/${segment(id)}`);
  };
  return (
    <FormDialog title="Create role" action="Create" onSubmit={create} onClose={onClose}>
      <TextField label="Name" required {...field('name')} />
      <TextField label="Description" {...field('description')} />
    </FormDialog>
  );
}
