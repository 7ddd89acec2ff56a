import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { FindAndSelectDialog, type Found } from '../../parts/find-and-select-dialog.tsx';
import { useNotify } from '../../parts/notices.tsx';

const maximumOptions = 50;

/** Assigns the selected roles to a user. */
export function AssignRolesDialog(props: { userId: string; onClose: () => void; onAdded: () => void }) {
  const notify = useNotify();
  const assign = async (roles: readonly string[]) => {
    await manage.post(`users/${segment(props.userId)}/roles`, {
      roles: [...roles],
    } satisfies Management.AssignUserRolesRequestContent);
    notify(roles.length === 1 ? 'The role is assigned.' : `${roles.length} roles are assigned.`);
    props.onAdded();
  };
  return (
    <FindAndSelectDialog
      title="Assign roles"
      action="Assign"
      legend="Roles"
      label="Part of the name"
      find={findRoles}
      none="No role matches."
      narrow="type a part of the name"
      nothing="Select at least one role."
      onSubmit={assign}
      onClose={props.onClose}
    />
  );
}

async function findRoles(name: string, signal: AbortSignal): Promise<Found> {
  const query = { per_page: maximumOptions, include_totals: true, ...(name && { name_filter: name }) };
  const { roles, total } = await manage.get<Management.ListRolesOffsetPaginatedResponseContent>('roles', query, signal);
  return { options: (roles ?? []).map((role) => ({ value: role.id ?? '', label: role.name ?? '' })), total };
}
