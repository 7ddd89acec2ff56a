import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { navigate } from '../../navigation/location.ts';
import { Checkbox, Select, TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';
import { useFields } from '../../parts/use-fields.ts';

/** Creates a user who signs in with a password. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const connections = useLoaded('databases', (signal) =>
    manage.get<Management.ConnectionForList[]>('connections', { strategy: 'auth0' }, signal),
  );
  const { values, change, field } = useFields({ connection: '', email: '', password: '', email_verified: false });
  const connection = values.connection || connections.value?.[0]?.name || '';
  const create = async () => {
    const user = await manage.post<Management.CreateUserResponseContent>('users', {
      ...values,
      connection,
    } satisfies Management.CreateUserRequestContent);
    navigate(`/console/users/${segment(user.user_id ?? '')}`);
  };
  return (
    <FormDialog title="Create user" action="Create" onSubmit={create} onClose={onClose}>
      <LoadedContent of={connections}>
        {(found) => (
          <Select
            label="Connection"
            {...field('connection')}
            value={connection}
            options={found.map(({ name = '' }) => ({ value: name, label: name }))}
          />
        )}
      </LoadedContent>
      <TextField label="Email" type="email" required {...field('email')} />
      <TextField label="Password" type="password" autoComplete="new-password" required {...field('password')} />
      <Checkbox checked={values.email_verified} onChange={(email_verified) => change({ email_verified })}>
        The address is verified
      </Checkbox>
    </FormDialog>
  );
}
