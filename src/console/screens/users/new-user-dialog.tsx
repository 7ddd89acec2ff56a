import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { navigate } from '../../navigation/location.ts';
import { Select, TextField, Tick } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Loads } from '../../parts/loads.tsx';

/** Makes somebody who signs in with a password. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const connections = useLoaded('databases', (signal) =>
    manage.get<Management.ConnectionForList[]>('connections', { strategy: 'auth0' }, signal),
  );
  const [chosen, setChosen] = useState<string>();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [verified, setVerified] = useState(false);
  const connection = chosen ?? connections.value?.[0]?.name ?? '';
  const create = async () => {
    const made = await manage.post<Management.CreateUserResponseContent>('users', {
      connection,
      email,
      password,
      email_verified: verified,
    } satisfies Management.CreateUserRequestContent);
    navigate(`/console/users/${segment(made.user_id ?? '')}`);
  };
  return (
    <FormDialog title="Create user" action="Create" onSubmit={create} onClose={onClose}>
      <Loads of={connections}>
        {(found) => (
          <Select
            label="Connection"
            value={connection}
            onChange={setChosen}
            options={found.map(({ name = '' }) => ({ value: name, label: name }))}
          />
        )}
      </Loads>
      <TextField label="Email" type="email" required value={email} onChange={setEmail} />
      <TextField
        label="Password"
        type="password"
        autoComplete="new-password"
        required
        value={password}
        onChange={setPassword}
      />
      <Tick checked={verified} onChange={setVerified}>
        The address is verified
      </Tick>
    </FormDialog>
  );
}
