import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { CheckboxList, useSelection } from '../../parts/checkbox-list.tsx';
import { Select } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { LoadedContent } from '../../parts/loaded-content.tsx';

/** Adds the selected permissions of an API to a role. */
export function AddPermissionsDialog(props: { roleId: string; onClose: () => void; onAdded: () => void }) {
  const apis = useLoaded('apis', (signal) =>
    manage.get<Management.ResourceServer[]>('resource-servers', { per_page: 100 }, signal),
  );
  const [identifier, setIdentifier] = useState<string>();
  const selection = useSelection();
  const api = apis.value?.find((one) => one.identifier === identifier) ?? apis.value?.[0];
  const add = async () => {
    if (api?.identifier === undefined || selection.values.size === 0)
      throw new Error('Select at least one permission.');
    const resource_server_identifier = api.identifier;
    await manage.post(`roles/${segment(props.roleId)}/permissions`, {
      permissions: [...selection.values].map((permission_name) => ({ resource_server_identifier, permission_name })),
    } satisfies Management.AddRolePermissionsRequestContent);
    props.onAdded();
  };
  return (
    <FormDialog title="Add permissions" action="Add" onSubmit={add} onClose={props.onClose}>
      <LoadedContent of={apis}>
        {(found) => (
          <>
            <Select
              label="API"
              value={api?.identifier ?? ''}
              onChange={(value) => {
                setIdentifier(value);
                selection.reset();
              }}
              options={found.map((one) => ({ value: one.identifier ?? '', label: one.name ?? one.identifier ?? '' }))}
            />
            <CheckboxList
              legend="Permissions"
              options={(api?.scopes ?? []).map(({ value }) => ({ value, label: value }))}
              selection={selection}
              none="This API has no permissions."
            />
          </>
        )}
      </LoadedContent>
    </FormDialog>
  );
}
