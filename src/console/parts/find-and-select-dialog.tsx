import { useState } from 'react';
import { useLoaded } from '../management/use-loaded.ts';
import { CheckboxList, useSelection } from './checkbox-list.tsx';
import { TextField } from './field.tsx';
import { FormDialog } from './form-dialog.tsx';
import { LoadedContent } from './loaded-content.tsx';

/** The first options that a search found, and how many it found in all. */
export interface Found {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly total: number;
}

/** A dialog that selects some of many options, found by a part of their name. A selection survives the next search. */
export function FindAndSelectDialog(props: {
  title: string;
  action: string;
  /** Name of the options, such as `Users`. */
  legend: string;
  /** Label of the search field. */
  label: string;
  find: (text: string, signal: AbortSignal) => Promise<Found>;
  /** Message if the search finds no options. */
  none: string;
  /** Advice if the search finds more options than the dialog shows. */
  narrow: string;
  /** Message if the user submits without a selection. */
  nothing: string;
  onSubmit: (selected: readonly string[]) => Promise<void>;
  onClose: () => void;
}) {
  const { title, action, legend, label, find, none, narrow, nothing, onSubmit, onClose } = props;
  const [text, setText] = useState('');
  const selection = useSelection();
  const found = useLoaded(text, (signal) => find(text, signal));
  const submit = async () => {
    if (selection.values.size === 0) throw new Error(nothing);
    await onSubmit([...selection.values]);
  };
  return (
    <FormDialog title={title} action={action} onSubmit={submit} onClose={onClose}>
      <TextField label={label} type="search" value={text} onChange={setText} />
      <LoadedContent of={found}>
        {({ options, total }) => (
          <CheckboxList
            legend={legend}
            options={options}
            selection={selection}
            none={none}
            more={total > options.length ? `and ${total - options.length} more: ${narrow}` : undefined}
          />
        )}
      </LoadedContent>
    </FormDialog>
  );
}
