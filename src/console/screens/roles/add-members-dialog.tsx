import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { FindAndSelectDialog, type Found } from '../../parts/find-and-select-dialog.tsx';
import { nameOfUser, userQuery } from '../users/user-query.ts';

const maximumOptions = 20;

/** Assigns a role to the selected users. */
export function AddMembersDialog(props: { roleId: string; onClose: () => void; onAdded: () => void }) {
  const add = async (users: readonly string[]) => {
    await manage.post(`roles/${segment(props.roleId)}/users`, {
      users: [...users],
    } satisfies Management.AssignRoleUsersRequestContent);
    props.onAdded();
  };
  return (
    <FindAndSelectDialog
      title="Add users"
      action="Add"
      legend="Users"
      label="Beginning of a name or an address"
      find={findUsers}
      none="No user matches."
      narrow="type the beginning of the name"
      nothing="Select at least one user."
      onSubmit={add}
      onClose={props.onClose}
    />
  );
}

async function findUsers(text: string, signal: AbortSignal): Promise<Found> {
  const query = { per_page: maximumOptions, include_totals: true, ...(text && { q: userQuery(text) }) };
  const { users, total = 0 } = await manage.get<Management.ListUsersOffsetPaginatedResponseContent>(
    'users',
    query,
    signal,
  );
  const options = (users ?? []).map((user) => ({ value: user.user_id ?? '', label: user.email ?? nameOfUser(user) }));
  return { options, total };
}
