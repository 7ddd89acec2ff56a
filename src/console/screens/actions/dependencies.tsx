import { DialogButton } from '../../parts/dialog-button.tsx';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useFields } from '../../parts/use-fields.ts';
import type { EditedAction } from './use-action.ts';

/** The npm packages that an Action may require. They are installed when the draft is saved. */
export function Dependencies({ work }: { work: EditedAction }) {
  const { draft, change } = work;
  return (
    <>
      <p className="muted">
        Packages from npm, installed when the draft is saved. The first install needs the network.
      </p>
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
      {draft.dependencies.length === 0 && <p>There are no dependencies yet.</p>}
      <DialogButton label="Add Dependency" dialog={(close) => <AddDependencyDialog work={work} onClose={close} />} />
    </>
  );
}

function AddDependencyDialog({ work, onClose }: { work: EditedAction; onClose: () => void }) {
  const { draft, change } = work;
  const { values, field } = useFields({ name: '', version: 'latest' });
  const add = async () => {
    const dependency = { name: values.name.trim(), version: values.version.trim() || 'latest' };
    change({ dependencies: [...draft.dependencies.filter((one) => one.name !== dependency.name), dependency] });
    onClose();
  };
  return (
    <FormDialog title="Add a dependency" action="Create" onSubmit={add} onClose={onClose}>
      <TextField label="Name" hint="In lower case, such as auth0" required {...field('name')} />
      <TextField label="Version" hint="Exact, a range, or latest" {...field('version')} />
    </FormDialog>
  );
}
