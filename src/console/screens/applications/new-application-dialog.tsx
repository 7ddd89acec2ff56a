import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { navigate } from '../../navigation/location.ts';
import { Select, TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { applicationTypes } from './application-types.ts';

/** Makes an application. */
export function NewApplicationDialog({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState('');
  const [type, setType] = useState<string>('regular_web');
  const create = async () => {
    const chosen = applicationTypes.find(({ value }) => value === type) ?? applicationTypes[0];
    const made = await manage.post<Management.CreateClientResponseContent>('clients', {
      name,
      app_type: chosen.value,
      grant_types: [...chosen.grants],
      token_endpoint_auth_method: chosen.method,
      oidc_conformant: true,
    } satisfies Management.CreateClientRequestContent);
    navigate(`/console/applications/${segment(made.client_id ?? '')}`);
  };
  return (
    <FormDialog title="Create application" action="Create" onSubmit={create} onClose={onClose}>
      <TextField label="Name" required value={name} onChange={setName} />
      <Select label="Type" value={type} onChange={setType} options={applicationTypes} />
    </FormDialog>
  );
}
