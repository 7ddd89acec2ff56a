import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Select } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Loads } from '../../parts/loads.tsx';
import { Ticks, useTicked } from '../../parts/ticks.tsx';

/** Ticks scopes of an API for a role. */
export function AddPermissionsDialog(props: { roleId: string; onClose: () => void; onAdded: () => void }) {
  const apis = useLoaded('apis', (signal) =>
    manage.get<Management.ResourceServer[]>('resource-servers', { per_page: 100 }, signal),
  );
  const [identifier, setIdentifier] = useState<string>();
  const ticked = useTicked();
  const api = apis.value?.find((one) => one.identifier === identifier) ?? apis.value?.[0];
  const add = async () => {
    if (api?.identifier === undefined || ticked.values.size === 0) throw new Error('Tick at least one permission.');
    const resource_server_identifier = api.identifier;
    await manage.post(`roles/${segment(props.roleId)}/permissions`, {
      permissions: [...ticked.values].map((permission_name) => ({ resource_server_identifier, permission_name })),
    } satisfies Management.AddRolePermissionsRequestContent);
    props.onAdded();
  };
  return (
    <FormDialog title="Add permissions" action="Add" onSubmit={add} onClose={props.onClose}>
      <Loads of={apis}>
        {(found) => (
          <>
            <Select
              label="API"
              value={api?.identifier ?? ''}
              onChange={(value) => {
                setIdentifier(value);
                ticked.reset();
              }}
              options={found.map((one) => ({ value: one.identifier ?? '', label: one.name ?? one.identifier ?? '' }))}
            />
            <Ticks
              legend="Permissions"
              options={(api?.scopes ?? []).map(({ value }) => ({ value, label: value }))}
              ticked={ticked}
              none="This API has no permissions."
            />
          </>
        )}
      </Loads>
    </FormDialog>
  );
}
