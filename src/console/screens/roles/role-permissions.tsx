import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { Assignments } from '../../parts/assignments.tsx';
import { Empty } from '../../parts/empty.tsx';
import { usePageInComponent } from '../../parts/list-page.ts';
import { useList } from '../../parts/use-list.ts';
import { AddPermissionsDialog } from './add-permissions-dialog.tsx';

/** The API permissions of a role. */
export function RolePermissions({ roleId }: { roleId: string }) {
  const path = `roles/${segment(roleId)}/permissions`;
  const permissions = useList(usePageInComponent(), {
    path,
    rows: ({ permissions }: Management.ListRolePermissionsOffsetPaginatedResponseContent) => permissions,
  });
  const remove = (permission: Management.PermissionsResponsePayload) => {
    const { resource_server_identifier = '', permission_name = '' } = permission;
    return manage.delete(path, {
      permissions: [{ resource_server_identifier, permission_name }],
    } satisfies Management.DeleteRolePermissionsRequestContent);
  };
  return (
    <Assignments
      of={permissions}
      caption="Permissions of the role"
      keyOf={(one) => `${one.resource_server_identifier} ${one.permission_name}`}
      columns={[
        { label: 'Permission', cell: (one) => <code>{one.permission_name}</code> },
        { label: 'Description', cell: (one) => one.description },
        { label: 'API', cell: (one) => one.resource_server_name || one.resource_server_identifier },
      ]}
      empty={
        <Empty title="This role has no permissions.">
          <p>The gate needs none: it reads the role's name. Your own APIs may need some.</p>
        </Empty>
      }
      add={{ label: 'Add Permissions', dialog: (dialog) => <AddPermissionsDialog roleId={roleId} {...dialog} /> }}
      remove={{
        nameOf: ({ permission_name = '' }) => permission_name,
        question: ({ permission_name }) => `Remove ${permission_name}?`,
        action: 'Remove permission',
        consequence: 'Users with this role lose it with their next token.',
        run: remove,
        doneMessage: () => 'The permission is removed.',
      }}
    />
  );
}
