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
import { AssignRolesDialog } from './assign-roles-dialog.tsx';

const perPage = 25;

/** The roles that a user holds. */
export function UserRoles({ userId }: { userId: string }) {
  const [page, setPage] = useState(0);
  const [assigning, setAssigning] = useState(false);
  const [removing, setRemoving] = useState<Management.Role>();
  const notify = useNotify();
  const path = `users/${segment(userId)}/roles`;
  const roles = useLoaded(`${path} ${page}`, (signal) =>
    manage.get<Management.ListUserRolesOffsetPaginatedResponseContent>(
      path,
      { page, per_page: perPage, include_totals: true },
      signal,
    ),
  );
  const remove = async ({ id = '', name = '' }: Management.Role) => {
    await manage.delete(path, { roles: [id] } satisfies Management.DeleteUserRolesRequestContent);
    setRemoving(undefined);
    notify(`“${name}” is removed.`);
    roles.reload();
  };
  return (
    <>
      <div className="row">
        <button type="button" className="primary" onClick={() => setAssigning(true)}>
          Assign Roles
        </button>
      </div>
      <Loads of={roles}>
        {({ roles: held = [], total = 0 }) =>
          total === 0 ? (
            <Empty title="This user holds no role.">
              <p>Assign one here, or let an Action do it at the login.</p>
            </Empty>
          ) : (
            <>
              <Table
                caption="Roles of the user"
                rows={held}
                keyOf={({ id = '' }) => id}
                columns={[
                  {
                    label: 'Name',
                    cell: ({ id = '', name }) => <Link to={`/console/roles/${segment(id)}`}>{name}</Link>,
                  },
                  { label: 'Description', cell: ({ description }) => description },
                  {
                    label: 'Actions',
                    hidden: true,
                    cell: (role) => (
                      <button type="button" aria-label={`Remove ${role.name}`} onClick={() => setRemoving(role)}>
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
      {assigning && (
        <AssignRolesDialog
          userId={userId}
          onClose={() => setAssigning(false)}
          onAssigned={() => {
            setAssigning(false);
            roles.reload();
          }}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove “${removing.name}”?`}
          action="Remove role"
          onConfirm={() => remove(removing)}
          onClose={() => setRemoving(undefined)}
        >
          <p>The user holds it no more, from the next login on.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
