import { useState } from 'react';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import type { EditedAction } from './use-action.ts';

/** The names of an Action's secrets. The user can set and change values; they are never shown. */
export function Secrets({ work }: { work: EditedAction }) {
  const { draft, change } = work;
  const [edited, setEdited] = useState<string>();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const open = (existing: string) => {
    setEdited(existing);
    setName(existing);
    setValue('');
  };
  const save = async () => {
    if (!/^\w+$/.test(name)) throw new Error('A name consists of letters, digits and underscores.');
    if (edited === '' && draft.secrets.some((secret) => secret.name === name)) {
      throw new Error(`There is already a secret called ${name}.`);
    }
    const others = draft.secrets.filter((secret) => secret.name !== name);
    change({
      secrets:
        edited === ''
          ? [...others, { name, value }]
          : draft.secrets.map((one) => (one.name === name ? { name, value } : one)),
    });
    setEdited(undefined);
  };
  return (
    <>
      <p className="muted">In the code: event.secrets.NAME. Values are saved with the draft and never shown again.</p>
      <ul className="things">
        {draft.secrets.map((secret) => (
          <li key={secret.name}>
            <code>{secret.name}</code>
            {secret.value !== undefined && <span className="warning"> not saved</span>}
            <span className="row">
              <button
                type="button"
                className="copy"
                aria-label={`Change ${secret.name}`}
                onClick={() => open(secret.name)}
              >
                Change
              </button>
              <button
                type="button"
                className="copy"
                aria-label={`Remove ${secret.name}`}
                onClick={() => change({ secrets: draft.secrets.filter((one) => one !== secret) })}
              >
                Remove
              </button>
            </span>
          </li>
        ))}
      </ul>
      {draft.secrets.length === 0 && <p>There are no secrets yet.</p>}
      <button type="button" onClick={() => open('')}>
        Add Secret
      </button>
      {edited !== undefined && (
        <FormDialog
          title={edited === '' ? 'Define a secret' : `Change ${edited}`}
          action={edited === '' ? 'Create' : 'Update'}
          onSubmit={save}
          onClose={() => setEdited(undefined)}
        >
          {edited === '' && <TextField label="Key" required value={name} onChange={setName} />}
          <TextField
            label="Value"
            type="password"
            autoComplete="new-password"
            required
            value={value}
            onChange={setValue}
          />
        </FormDialog>
      )}
    </>
  );
}
