import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useFields } from '../../parts/use-fields.ts';

/** Creates an API. */
export function NewApiDialog({ onClose }: { onClose: () => void }) {
  const { values, field } = useFields({ name: '', identifier: '' });
  const create = async () => {
    const body = values satisfies Management.CreateResourceServerRequestContent;
    const { id = '' } = await manage.post<Management.CreateResourceServerResponseContent>('resource-servers', body);
    navigate(`/console/apis/${segment(id)}`);
  };
  return (
    <FormDialog title="Create API" action="Create" onSubmit={create} onClose={onClose}>
      <TextField label="Name" required {...field('name')} />
      <TextField
        label="Identifier"
        hint="The audience of its tokens. A URL is usual; it is never called. It cannot be changed later."
        required
        {...field('identifier')}
      />
    </FormDialog>
  );
}
