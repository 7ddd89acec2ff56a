import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Assignments } from '../../parts/assignments.tsx';
import { Empty } from '../../parts/empty.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { useList } from '../../parts/use-list.ts';
import { AssignRolesDialog } from './assign-roles-dialog.tsx';

/** The roles that a user holds. */
export function UserRoles({ userId }: { userId: string }) {
  const path = `users/${segment(userId)}/roles`;
  const roles = useList(usePageInComponent(), {
    path,
    rows: ({ roles }: Management.ListUserRolesOffsetPaginatedResponseContent) => roles,
  });
  const remove = ({ id = '' }: Management.Role) =>
    manage.delete(path, { roles: [id] } satisfies Management.DeleteUserRolesRequestContent);
  return (
    <Assignments
      of={roles}
      caption="Roles of the user"
      keyOf={({ id = '' }) => id}
      columns={[
        { label: 'Name', cell: ({ id = '', name }) => <Link to={`/console/roles/${segment(id)}`}>{name}</Link> },
        { label: 'Description', cell: ({ description }) => description },
      ]}
      empty={
        <Empty title="This user holds no roles.">
          <p>Assign one here, or let an Action do it at login.</p>
        </Empty>
      }
      add={{ label: 'Assign Roles', dialog: (dialog) => <AssignRolesDialog userId={userId} {...dialog} /> }}
      remove={{
        nameOf: ({ name = '' }) => name,
        question: ({ name }) => `Remove “${name}”?`,
        action: 'Remove role',
        consequence: 'The user loses it from the next login on.',
        run: remove,
        doneMessage: ({ name }) => `“${name}” is removed.`,
      }}
    />
  );
}
