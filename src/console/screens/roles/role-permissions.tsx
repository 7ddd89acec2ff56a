import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { Assignments } from '../../parts/assignments.tsx';
import { Empty } from '../../parts/empty.tsx';
import { usePageHere } from '../../parts/list-page.ts';
import { useList } from '../../parts/use-list.ts';
import { AddPermissionsDialog } from './add-permissions-dialog.tsx';

/** What a role lets its members do at APIs. */
export function RolePermissions({ roleId }: { roleId: string }) {
  const path = `roles/${segment(roleId)}/permissions`;
  const permissions = useList(usePageHere(), {
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
        <Empty title="This role has no permission.">
          <p>The gate needs none: it reads the role's name. An API of your own may want some.</p>
        </Empty>
      }
      add={{ label: 'Add Permissions', dialog: (dialog) => <AddPermissionsDialog roleId={roleId} {...dialog} /> }}
      remove={{
        nameOf: ({ permission_name = '' }) => permission_name,
        question: ({ permission_name }) => `Remove ${permission_name}?`,
        action: 'Remove permission',
        consequence: 'Members of the role lose it with their next token.',
        run: remove,
        said: () => 'The permission is removed.',
      }}
    />
  );
}
