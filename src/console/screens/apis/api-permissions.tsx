import type { Management } from 'auth0';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useTask } from '../../management/use-task.ts';
import { Empty } from '../../parts/empty.tsx';
import { TextField } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import { removeColumn } from '../../parts/remove-column.tsx';
import { type Column, Table } from '../../parts/table.tsx';
import { useFields } from '../../parts/use-fields.ts';

type Scope = Management.ResourceServerScope;

/** The permissions of an API. */
export function ApiPermissions(props: { api: Management.GetResourceServerResponseContent; onChange: () => void }) {
  const { api, onChange } = props;
  const { values, change, field } = useFields({ value: '', description: '' });
  const scopes = api.scopes ?? [];
  const save = useTask(async (changed: (now: readonly Scope[]) => Scope[]) => {
    const path = `resource-servers/${segment(api.id ?? '')}`;
    // The API saves all permissions at once. Read them first, to keep those that were added elsewhere meanwhile.
    const now = await manage.get<Management.GetResourceServerResponseContent>(path);
    await manage.patch(path, {
      scopes: changed(now.scopes ?? []),
    } satisfies Management.UpdateResourceServerRequestContent);
    change({ value: '', description: '' });
    onChange();
  });
  const add = () => {
    const { value, description } = values;
    void save.run((now) => [...now, { value, ...(description && { description }) }]);
  };
  const columns: readonly Column<Scope>[] = [
    { label: 'Permission', cell: ({ value }) => <code>{value}</code> },
    { label: 'Description', cell: ({ description }) => description },
  ];
  const remove = removeColumn<Scope>({
    nameOf: ({ value }) => value,
    disabled: save.busy,
    onRemove: (scope) => void save.run((now) => now.filter((one) => one.value !== scope.value)),
  });
  return (
    <>
      {!api.is_system && (
        <Form onSubmit={add}>
          <TextField label="Permission" hint="Such as read:orders" required {...field('value')} />
          <TextField label="Description" {...field('description')} />
          <div className="row">
            <button type="submit" className="primary" disabled={save.busy}>
              Add
            </button>
          </div>
        </Form>
      )}
      <ProblemNotice error={save.error} />
      {scopes.length === 0 ? (
        <Empty title="This API has no permissions.">
          <p>Add one, to give it to roles and applications.</p>
        </Empty>
      ) : (
        <Table
          caption="Permissions of the API"
          rows={scopes}
          keyOf={({ value }) => value}
          columns={api.is_system ? columns : [...columns, remove]}
        />
      )}
    </>
  );
}
