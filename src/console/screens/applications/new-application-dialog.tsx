import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { navigate } from '../../navigation/location.ts';
import { Select, TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useFields } from '../../parts/use-fields.ts';
import { applicationTypes } from './application-types.ts';

/** Creates an application. */
export function NewApplicationDialog({ onClose }: { onClose: () => void }) {
  const { values, field } = useFields({ name: '', type: 'regular_web' as (typeof applicationTypes)[number]['value'] });
  const create = async () => {
    const type = applicationTypes.find(({ value }) => value === values.type) ?? applicationTypes[0];
    const client = await manage.post<Management.CreateClientResponseContent>('clients', {
      name: values.name,
      app_type: type.value,
      grant_types: [...type.grants],
      token_endpoint_auth_method: type.method,
      oidc_conformant: true,
    } satisfies Management.CreateClientRequestContent);
    navigate(`/console/applications/${segment(client.client_id ?? '')}`);
  };
  return (
    <FormDialog title="Create application" action="Create" onSubmit={create} onClose={onClose}>
      <TextField label="Name" required {...field('name')} />
      <Select label="Type" {...field('type')} options={applicationTypes} />
    </FormDialog>
  );
}
