import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useLoaded } from '../../management/use-loaded.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loads } from '../../parts/loads.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Pager } from '../../parts/pager.tsx';
import { Table } from '../../parts/table.tsx';
import { AddPermissionsDialog } from './add-permissions-dialog.tsx';

const perPage = 25;

type Permission = Management.PermissionsResponsePayload;

/** What a role lets its members do at APIs. */
export function RolePermissions({ roleId }: { roleId: string }) {
  const [page, setPage] = useState(0);
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Permission>();
  const notify = useNotify();
  const path = `roles/${segment(roleId)}/permissions`;
  const permissions = useLoaded(`${path} ${page}`, (signal) =>
    manage.get<Management.ListRolePermissionsOffsetPaginatedResponseContent>(
      path,
      { page, per_page: perPage, include_totals: true },
      signal,
    ),
  );
  const remove = async (permission: Permission) => {
    const { resource_server_identifier = '', permission_name = '' } = permission;
    await manage.delete(path, {
      permissions: [{ resource_server_identifier, permission_name }],
    } satisfies Management.DeleteRolePermissionsRequestContent);
    setRemoving(undefined);
    notify('The permission is removed.');
    permissions.reload();
  };
  return (
    <>
      <div className="row">
        <button type="button" className="primary" onClick={() => setAdding(true)}>
          Add Permissions
        </button>
      </div>
      <Loads of={permissions}>
        {({ permissions: held = [], total = 0 }) =>
          total === 0 ? (
            <Empty title="This role has no permission.">
              <p>The gate needs none: it reads the role's name. An API of your own may want some.</p>
            </Empty>
          ) : (
            <>
              <Table
                caption="Permissions of the role"
                rows={held}
                keyOf={(one) => `${one.resource_server_identifier} ${one.permission_name}`}
                columns={[
                  { label: 'Permission', cell: (one) => <code>{one.permission_name}</code> },
                  { label: 'Description', cell: (one) => one.description },
                  { label: 'API', cell: (one) => one.resource_server_name || one.resource_server_identifier },
                  {
                    label: 'Actions',
                    hidden: true,
                    cell: (one) => (
                      <button
                        type="button"
                        aria-label={`Remove ${one.permission_name}`}
                        onClick={() => setRemoving(one)}
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
        <AddPermissionsDialog
          roleId={roleId}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            permissions.reload();
          }}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove ${removing.permission_name}?`}
          action="Remove permission"
          onConfirm={() => remove(removing)}
          onClose={() => setRemoving(undefined)}
        >
          <p>Members of the role lose it with their next token.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
