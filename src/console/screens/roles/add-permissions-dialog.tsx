import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Select, Tick } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Loads } from '../../parts/loads.tsx';

/** Ticks scopes of an API for a role. */
export function AddPermissionsDialog(props: { roleId: string; onClose: () => void; onAdded: () => void }) {
  const apis = useLoaded('apis', (signal) =>
    manage.get<Management.ResourceServer[]>('resource-servers', { per_page: 100 }, signal),
  );
  const [identifier, setIdentifier] = useState<string>();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const api = apis.value?.find((one) => one.identifier === identifier) ?? apis.value?.[0];
  const add = async () => {
    if (api?.identifier === undefined || chosen.length === 0) throw new Error('Tick at least one permission.');
    const resource_server_identifier = api.identifier;
    await manage.post(`roles/${segment(props.roleId)}/permissions`, {
      permissions: chosen.map((permission_name) => ({ resource_server_identifier, permission_name })),
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
                setChosen([]);
              }}
              options={found.map((one) => ({ value: one.identifier ?? '', label: one.name ?? one.identifier ?? '' }))}
            />
            <fieldset className="ticks">
              <legend className="unseen">Permissions</legend>
              {(api?.scopes ?? []).map(({ value }) => (
                <Tick
                  key={value}
                  checked={chosen.includes(value)}
                  onChange={(yes) => setChosen(yes ? [...chosen, value] : chosen.filter((one) => one !== value))}
                >
                  {value}
                </Tick>
              ))}
              {(api?.scopes ?? []).length === 0 && <span className="muted">This API has no permissions.</span>}
            </fieldset>
          </>
        )}
      </Loads>
    </FormDialog>
  );
}
