import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { TextField, Tick } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Loads } from '../../parts/loads.tsx';
import { useNotify } from '../../parts/notices.tsx';

const shown = 50;

/** Ticks roles for a user to hold. */
export function AssignRolesDialog(props: { userId: string; onClose: () => void; onAssigned: () => void }) {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const notify = useNotify();
  const roles = useLoaded(`roles to assign ${name}`, (signal) => {
    const query = { per_page: shown, include_totals: true, ...(name && { name_filter: name }) };
    return manage.get<Management.ListRolesOffsetPaginatedResponseContent>('roles', query, signal);
  });
  const assign = async () => {
    if (chosen.size === 0) throw new Error('Tick at least one role.');
    await manage.post(`users/${segment(props.userId)}/roles`, {
      roles: [...chosen],
    } satisfies Management.AssignUserRolesRequestContent);
    notify(chosen.size === 1 ? 'The role is assigned.' : `${chosen.size} roles are assigned.`);
    props.onAssigned();
  };
  const tick = (id: string, yes: boolean) => {
    const next = new Set(chosen);
    if (yes) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <FormDialog title="Assign roles" action="Assign" onSubmit={assign} onClose={props.onClose}>
      <TextField label="Part of the name" type="search" value={name} onChange={setName} />
      <Loads of={roles}>
        {({ roles: found = [], total }) => (
          <fieldset className="ticks">
            <legend className="unseen">Roles</legend>
            {found.length === 0 && <span className="muted">There is no such role.</span>}
            {found.map(({ id = '', name: label }) => (
              <Tick key={id} checked={chosen.has(id)} onChange={(yes) => tick(id, yes)}>
                {label}
              </Tick>
            ))}
            {total > shown && <span className="muted">and {total - shown} more: type a part of the name</span>}
          </fieldset>
        )}
      </Loads>
    </FormDialog>
  );
}
