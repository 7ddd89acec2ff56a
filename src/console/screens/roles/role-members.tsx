import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { Link } from '../../navigation/link.tsx';
import { Assignments } from '../../parts/assignments.tsx';
import { Empty } from '../../parts/empty.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { useList } from '../../parts/use-list.ts';
import { AddMembersDialog } from './add-members-dialog.tsx';

interface Members {
  readonly users?: readonly Management.RoleUser[];
  readonly total?: number;
}

/** The users who hold a role. */
export function RoleMembers({ roleId, roleName }: { roleId: string; roleName: string }) {
  const members = useList(usePageInComponent(), {
    path: `roles/${segment(roleId)}/users`,
    rows: ({ users }: Members) => users,
  });
  const remove = ({ user_id = '' }: Management.RoleUser) =>
    manage.delete(`users/${segment(user_id)}/roles`, {
      roles: [roleId],
    } satisfies Management.DeleteUserRolesRequestContent);
  return (
    <Assignments
      of={members}
      caption={`Users who hold ${roleName}`}
      keyOf={({ user_id = '' }) => user_id}
      columns={[
        {
          label: 'Name',
          cell: ({ user_id = '', name, email }) => (
            <Link to={`/console/users/${segment(user_id)}`}>{name || email || user_id}</Link>
          ),
        },
        { label: 'Email', cell: ({ email }) => email },
      ]}
      empty={
        <Empty title="No user holds this role.">
          <p>Add users here, or let an Action assign it at login.</p>
        </Empty>
      }
      add={{ label: 'Add Users', dialog: (dialog) => <AddMembersDialog roleId={roleId} {...dialog} /> }}
      remove={{
        nameOf: ({ email, name }) => email ?? name ?? '',
        question: ({ email, name }) => `Remove ${email ?? name}?`,
        action: 'Remove user',
        consequence: `The user loses “${roleName}”.`,
        run: remove,
        doneMessage: () => 'The user is removed from the role.',
      }}
    />
  );
}
