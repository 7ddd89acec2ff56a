import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/tenant-requests.ts';
import { useTask } from '../../management/use-task.ts';
import { CheckboxList, useSelection } from '../../parts/checkbox-list.tsx';
import { TextField } from '../../parts/field.tsx';
import { Form } from '../../parts/form.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { ProblemNotice } from '../../parts/problem-notice.tsx';

/** The permissions of an application at an API: selects and saves them. */
export function GrantedPermissions(props: {
  api: Management.GetResourceServerResponseContent;
  grant: Management.ClientGrantResponseContent;
  name: string;
  onChange: () => void;
}) {
  const { api, grant, name, onChange } = props;
  const notify = useNotify();
  const selection = useSelection(grant.scope);
  const [filter, setFilter] = useState('');
  const all = (api.scopes ?? []).map(({ value }) => value);
  const visible = all.filter((scope) => scope.includes(filter.trim().toLowerCase()));
  const save = useTask(async () => {
    const scope = all.filter((one) => selection.values.has(one));
    await manage.patch(`client-grants/${segment(grant.id ?? '')}`, {
      scope,
    } satisfies Management.UpdateClientGrantRequestContent);
    notify(`${name} has ${scope.length} ${scope.length === 1 ? 'permission' : 'permissions'}.`);
    onChange();
  });
  return (
    <Form className="granted" onSubmit={save.run}>
      <TextField label="Filter Permissions" type="search" value={filter} onChange={setFilter} />
      <div className="row">
        <span className="muted">
          {selection.values.size} of {all.length} are selected. Select:
        </span>
        <button type="button" className="copy" onClick={() => selection.set(visible, true)}>
          All
        </button>
        <button type="button" className="copy" onClick={() => selection.set(visible, false)}>
          None
        </button>
      </div>
      <CheckboxList
        legend={`Permissions of ${name}`}
        options={visible.map((value) => ({ value, label: value }))}
        selection={selection}
        none="No permission matches."
      />
      <ProblemNotice error={save.error} />
      <div className="buttons">
        <button type="button" onClick={() => selection.reset(grant.scope)}>
          Cancel
        </button>
        <button type="submit" className="primary" disabled={save.busy}>
          Update
        </button>
      </div>
    </Form>
  );
}
