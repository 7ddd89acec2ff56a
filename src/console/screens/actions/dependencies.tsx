import { useState } from 'react';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import type { ActionAtWork } from './use-action.ts';

/** The npm packages that an Action may require. They are installed when the draft is saved. */
export function Dependencies({ work }: { work: ActionAtWork }) {
  const { draft, change } = work;
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState('');
  const [version, setVersion] = useState('latest');
  const add = async () => {
    const dependency = { name: name.trim(), version: version.trim() || 'latest' };
    change({ dependencies: [...draft.dependencies.filter((one) => one.name !== dependency.name), dependency] });
    setAdding(false);
    setName('');
    setVersion('latest');
  };
  return (
    <>
      <p className="muted">Packages from npm, installed when the draft is saved. That needs the network once.</p>
      <ul className="things">
        {draft.dependencies.map((dependency) => (
          <li key={dependency.name}>
            <code>
              {dependency.name}@{dependency.version}
            </code>
            <button
              type="button"
              className="copy"
              aria-label={`Remove ${dependency.name}`}
              onClick={() => change({ dependencies: draft.dependencies.filter((one) => one !== dependency) })}
            >
              Remove
            </button>
          </li>
        ))}
      </ul>
      {draft.dependencies.length === 0 && <p>There is none yet.</p>}
      <button type="button" onClick={() => setAdding(true)}>
        Add Dependency
      </button>
      {adding && (
        <FormDialog title="Add a dependency" action="Create" onSubmit={add} onClose={() => setAdding(false)}>
          <TextField label="Name" hint="In lower case, such as auth0" required value={name} onChange={setName} />
          <TextField label="Version" hint="Exact, a range, or latest" value={version} onChange={setVersion} />
        </FormDialog>
      )}
    </>
  );
}
