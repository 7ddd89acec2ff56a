import { useState } from 'react';
import { useLoaded } from '../management/use-loaded.ts';
import { TextField } from './field.tsx';
import { FormDialog } from './form-dialog.tsx';
import { Loads } from './loads.tsx';
import { Ticks, useTicked } from './ticks.tsx';

/** Some of those that were found, and how many there are in all. */
export interface Found {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly total: number;
}

/** Ticks some of many, which are found by a part of their name. What is ticked stays so while others are looked for. */
export function FindAndTickDialog(props: {
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
  /** What is said where nothing is ticked. */
  nothing: string;
  onSubmit: (ticked: readonly string[]) => Promise<void>;
  onClose: () => void;
}) {
  const { title, action, legend, label, find, none, narrow, nothing, onSubmit, onClose } = props;
  const [text, setText] = useState('');
  const ticked = useTicked();
  const found = useLoaded(text, (signal) => find(text, signal));
  const submit = async () => {
    if (ticked.values.size === 0) throw new Error(nothing);
    await onSubmit([...ticked.values]);
  };
  return (
    <FormDialog title={title} action={action} onSubmit={submit} onClose={onClose}>
      <TextField label={label} type="search" value={text} onChange={setText} />
      <Loads of={found}>
        {({ options, total }) => (
          <Ticks
            legend={legend}
            options={options}
            ticked={ticked}
            none={none}
            more={total > options.length ? `and ${total - options.length} more: ${narrow}` : undefined}
          />
        )}
      </Loads>
    </FormDialog>
  );
}
