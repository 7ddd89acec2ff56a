import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { Link } from '../../navigation/link.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import { AddMembersDialog } from './add-members-dialog.tsx';

const perPage = 25;

interface Members {
  readonly users?: readonly Management.RoleUser[];
  readonly total?: number;
}

/** Who holds a role. */
export function RoleMembers({ roleId, roleName }: { roleId: string; roleName: string }) {
  const [page, setPage] = useState(0);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Management.RoleUser>();
  const notify = useNotify();
  const members = useLoaded(`members ${roleId} ${page}`, (signal) =>
    manage.get<Members>(`roles/${segment(roleId)}/users`, { page, per_page: perPage, include_totals: true }, signal),
  );
  const remove = async ({ user_id = '' }: Management.RoleUser) => {
    await manage.delete(`users/${segment(user_id)}/roles`, {
      roles: [roleId],
    } satisfies Management.DeleteUserRolesRequestContent);
    setRemoving(undefined);
    notify('The member is removed.');
    members.reload();
  };
  return (
    <>
      <div className="row">
        <button type="button" className="primary" onClick={() => setAdding(true)}>
          Add Users
        </button>
      </div>
      <Loads of={members}>
        {({ users = [], total = 0 }) =>
          total === 0 ? (
            <Empty title="Nobody holds this role.">
              <p>Add users here, or let an Action assign it at the login.</p>
            </Empty>
          ) : (
            <>
              <Table
                caption={`Users who hold ${roleName}`}
                rows={users}
                keyOf={({ user_id = '' }) => user_id}
                columns={[
                  {
                    label: 'Name',
                    cell: ({ user_id = '', name, email }) => (
                      <Link to={`/console/users/${segment(user_id)}`}>{name || email || user_id}</Link>
                    ),
                  },
                  { label: 'Email', cell: ({ email }) => email },
                  {
                    label: 'Actions',
                    hidden: true,
                    cell: (user) => (
                      <button
                        type="button"
                        aria-label={`Remove ${user.email ?? user.name}`}
                        onClick={() => setRemoving(user)}
                      >
                        Remove
                      </button>
                    ),
                  },
                ]}
              />
              <Pager page={page} perPage={perPage} total={total} onPage={setPage} />
            </>
          )
        }
      </Loads>
      {adding && (
        <AddMembersDialog
          roleId={roleId}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            members.reload();
          }}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove ${removing.email ?? removing.name}?`}
          action="Remove user"
          onConfirm={() => remove(removing)}
          onClose={() => setRemoving(undefined)}
        >
          <p>The user loses “{roleName}”.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
