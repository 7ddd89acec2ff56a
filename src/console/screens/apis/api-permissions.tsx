import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useTask } from '../../management/use-task.ts';
import { Empty } from '../../parts/empty.tsx';
import { TextField } from '../../parts/field.tsx';
import { Problem } from '../../parts/problem.tsx';
import { Table } from '../../parts/table.tsx';

/** What may be asked of an API. */
export function ApiPermissions(props: { api: Management.GetResourceServerResponseContent; onChange: () => void }) {
  const { api, onChange } = props;
  const [value, setValue] = useState('');
  const [description, setDescription] = useState('');
  const scopes = api.scopes ?? [];
  const save = useTask(async (next: Management.ResourceServerScope[]) => {
    await manage.patch(`resource-servers/${segment(api.id ?? '')}`, {
      scopes: next,
    } satisfies Management.UpdateResourceServerRequestContent);
    setValue('');
    setDescription('');
    onChange();
  });
  const columns = [
    { label: 'Permission', cell: (scope: Management.ResourceServerScope) => <code>{scope.value}</code> },
    { label: 'Description', cell: (scope: Management.ResourceServerScope) => scope.description },
  ];
  const remove = {
    label: 'Actions',
    hidden: true,
    cell: (scope: Management.ResourceServerScope) => (
      <button
        type="button"
        aria-label={`Remove ${scope.value}`}
        disabled={save.busy}
        onClick={() => void save.run(scopes.filter((one) => one.value !== scope.value))}
      >
        Remove
      </button>
    ),
  };
  return (
    <>
      {!api.is_system && (
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault();
            void save.run([...scopes, { value, ...(description && { description }) }]);
          }}
        >
          <TextField label="Permission" hint="Such as read:orders" required value={value} onChange={setValue} />
          <TextField label="Description" value={description} onChange={setDescription} />
          <div className="row">
            <button type="submit" className="primary" disabled={save.busy}>
              Add
            </button>
          </div>
        </form>
      )}
      <Problem error={save.error} />
      {scopes.length === 0 ? (
        <Empty title="This API has no permission.">
          <p>Add one to give it to roles and applications.</p>
        </Empty>
      ) : (
        <Table
          caption="Permissions of the API"
          rows={scopes}
          keyOf={(scope) => scope.value}
          columns={api.is_system ? columns : [...columns, remove]}
        />
      )}
    </>
  );
}
