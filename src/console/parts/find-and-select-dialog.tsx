import { useState } from 'react';
import { useLoaded } from '../management/use-loaded.ts';
import { CheckboxList, useSelection } from './checkbox-list.tsx';
import { TextField } from './field.tsx';
import { FormDialog } from './form-dialog.tsx';
import { Loads } from './loads.tsx';

/** Some of those that were found, and how many there are in all. */
export interface Found {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly total: number;
}

/** Selects some of many, which are found by a part of their name. A selection stays while others are looked for. */
export function FindAndSelectDialog(props: {
  title: string;
  action: string;
  /** What they are called, such as `Users`. */
  legend: string;
  /** What is to be typed. */
  label: string;
  find: (text: string, signal: AbortSignal) => Promise<Found>;
  /** What is said where none is found. */
  none: string;
  /** What to do where more are found than are shown. */
  narrow: string;
  /** What is said where nothing is selection. */
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
      <Loads of={found}>
        {({ options, total }) => (
          <CheckboxList
            legend={legend}
            options={options}
            selection={selection}
            none={none}
            more={total > options.length ? `and ${total - options.length} more: ${narrow}` : undefined}
          />
        )}
      </Loads>
    </FormDialog>
  );
}
