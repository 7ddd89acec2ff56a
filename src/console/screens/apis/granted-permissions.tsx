import type { Management } from 'auth0';
import { useState } from 'react';
import { manage, segment } from '../../management/management-api.ts';
import { useTask } from '../../management/use-task.ts';
import { TextField, Tick } from '../../parts/field.tsx';
import { useNotify } from '../../parts/notices.tsx';
import { Problem } from '../../parts/problem.tsx';

/** What an application may do at an API: ticked, then saved. */
export function GrantedPermissions(props: {
  api: Management.GetResourceServerResponseContent;
  grant: Management.ClientGrantResponseContent;
  name: string;
  onChange: () => void;
}) {
  const { api, grant, name, onChange } = props;
  const notify = useNotify();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set(grant.scope ?? []));
  const [filter, setFilter] = useState('');
  const all = (api.scopes ?? []).map(({ value }) => value);
  const shown = all.filter((scope) => scope.includes(filter.trim().toLowerCase()));
  const save = useTask(async () => {
    const scope = all.filter((one) => ticked.has(one));
    await manage.patch(`client-grants/${segment(grant.id ?? '')}`, {
      scope,
    } satisfies Management.UpdateClientGrantRequestContent);
    notify(`${name} has ${scope.length} ${scope.length === 1 ? 'permission' : 'permissions'}.`);
    onChange();
  });
  const setAll = (scopes: readonly string[], yes: boolean) => {
    const next = new Set(ticked);
    for (const scope of scopes) {
      if (yes) next.add(scope);
      else next.delete(scope);
    }
    setTicked(next);
  };
  return (
    <form
      className="granted"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <TextField label="Filter Permissions" type="search" value={filter} onChange={setFilter} />
      <div className="row">
        <span className="muted">
          {ticked.size} of {all.length} are ticked. Select:
        </span>
        <button type="button" className="copy" onClick={() => setAll(shown, true)}>
          All
        </button>
        <button type="button" className="copy" onClick={() => setAll(shown, false)}>
          None
        </button>
      </div>
      <fieldset className="ticks">
        <legend className="unseen">Permissions of {name}</legend>
        {shown.map((scope) => (
          <Tick key={scope} checked={ticked.has(scope)} onChange={(yes) => setAll([scope], yes)}>
            {scope}
          </Tick>
        ))}
        {shown.length === 0 && <span className="muted">No permission is called that.</span>}
      </fieldset>
      <Problem error={save.error} />
      <div className="buttons">
        <button type="button" onClick={() => setTicked(new Set(grant.scope ?? []))}>
          Cancel
        </button>
        <button type="submit" className="primary" disabled={save.busy}>
          Update
        </button>
      </div>
    </form>
  );
}
