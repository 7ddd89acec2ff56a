import { useState } from 'react';
import { TextField } from '../../parts/field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import type { ActionAtWork } from './use-action.ts';

/** Names of an Action's secrets. A value can be given, and given anew, and is never shown. */
export function Secrets({ work }: { work: ActionAtWork }) {
  const { draft, change } = work;
  const [asked, setAsked] = useState<string>();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const open = (existing: string) => {
    setAsked(existing);
    setName(existing);
    setValue('');
  };
  const keep = async () => {
    if (!/^\w+$/.test(name)) throw new Error('A name has letters, digits and underscores.');
    if (asked === '' && draft.secrets.some((secret) => secret.name === name)) {
      throw new Error(`There is a secret called ${name} already.`);
    }
    const others = draft.secrets.filter((secret) => secret.name !== name);
    change({
      secrets:
        asked === ''
          ? [...others, { name, value }]
          : draft.secrets.map((one) => (one.name === name ? { name, value } : one)),
    });
    setAsked(undefined);
  };
  return (
    <>
      <p className="muted">In the code: event.secrets.NAME. Saved with the draft, and never shown again.</p>
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
      {draft.secrets.length === 0 && <p>There is none yet.</p>}
      <button type="button" onClick={() => open('')}>
        Add Secret
      </button>
      {asked !== undefined && (
        <FormDialog
          title={asked === '' ? 'Define a secret' : `Change ${asked}`}
          action={asked === '' ? 'Create' : 'Update'}
          onSubmit={keep}
          onClose={() => setAsked(undefined)}
        >
          {asked === '' && <TextField label="Key" required value={name} onChange={setName} />}
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
