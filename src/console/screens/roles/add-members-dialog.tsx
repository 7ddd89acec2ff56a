import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { TextField, Tick } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { Loads } from '../../parts/loads.tsx';
import { nameOfUser, userQuery } from '../users/user-query.ts';

const shown = 20;

/** Ticks users who are to hold a role. */
export function AddMembersDialog(props: { roleId: string; onClose: () => void; onAdded: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const users = useLoaded(`users to add ${text}`, (signal) => {
    const query = { per_page: shown, include_totals: true, ...(text && { q: userQuery(text) }) };
    return manage.get<Management.ListUsersOffsetPaginatedResponseContent>('users', query, signal);
  });
  const add = async () => {
    if (chosen.size === 0) throw new Error('Tick at least one user.');
    await manage.post(`roles/${segment(props.roleId)}/users`, {
      users: [...chosen],
    } satisfies Management.AssignRoleUsersRequestContent);
    props.onAdded();
  };
  const tick = (id: string, yes: boolean) => {
    const next = new Set(chosen);
    if (yes) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <FormDialog title="Add users" action="Add" onSubmit={add} onClose={props.onClose}>
      <TextField label="Beginning of a name or an address" type="search" value={text} onChange={setText} />
      <Loads of={users}>
        {({ users: found = [], total = 0 }) => (
          <fieldset className="ticks">
            <legend className="unseen">Users</legend>
            {found.length === 0 && <span className="muted">Nobody is found by that.</span>}
            {found.map((user) => (
              <Tick
                key={user.user_id}
                checked={chosen.has(user.user_id ?? '')}
                onChange={(yes) => tick(user.user_id ?? '', yes)}
              >
                {user.email ?? nameOfUser(user)}
              </Tick>
            ))}
            {total > shown && <span className="muted">and {total - shown} more: type the beginning of the name</span>}
          </fieldset>
        )}
      </Loads>
    </FormDialog>
  );
}
