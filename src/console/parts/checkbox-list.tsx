import { useState } from 'react';
import { Checkbox } from './field.tsx';

/** The selected values of a list. */
export interface Selection {
  readonly values: ReadonlySet<string>;
  /** Selects these values, or clears them. */
  readonly set: (values: readonly string[], yes: boolean) => void;
  /** Replaces the selection; without values it is empty. */
  readonly reset: (values?: readonly string[]) => void;
}

/**
 * Keeps a selection.
 *
 * @param initial the values that are selected at first
 * @example
 * const selection = useSelection();
 * <CheckboxList legend="Roles" options={roles} selection={selection} none="There is no such role." />
 */
export function useSelection(initial: readonly string[] = []): Selection {
  const [values, setValues] = useState<ReadonlySet<string>>(() => new Set(initial));
  return {
    values,
    set: (changed, yes) =>
      setValues(
        (before) => new Set(yes ? [...before, ...changed] : [...before].filter((one) => !changed.includes(one))),
      ),
    reset: (next = []) => setValues(new Set(next)),
  };
}

/** A list of checkboxes. */
export function CheckboxList(props: {
  /** For screen readers only. */
  legend: string;
  options: readonly { readonly value: string; readonly label: string }[];
  selection: Selection;
  /** Message if there are no options. */
  none: string;
  /** Note below the options, such as how many more there are. */
  more?: string | undefined;
}) {
  const { legend, options, selection, none, more } = props;
  return (
    <fieldset className="checkbox-list">
      <legend className="unseen">{legend}</legend>
      {options.length === 0 && <span className="muted">{none}</span>}
      {options.map(({ value, label }) => (
        <Checkbox key={value} checked={selection.values.has(value)} onChange={(yes) => selection.set([value], yes)}>
          {label}
        </Checkbox>
      ))}
      {more && <span className="muted">{more}</span>}
    </fieldset>
  );
}
