import { useState } from 'react';
import { Checkbox } from './field.tsx';

/** Which of many values are selected. */
export interface Selection {
  readonly values: ReadonlySet<string>;
  /** Selects some of them, or clears them. */
  readonly set: (values: readonly string[], yes: boolean) => void;
  /** Starts again with these. */
  readonly reset: (values?: readonly string[]) => void;
}

/**
 * @param initial what is selected at first
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
  /** Only for those who hear it. */
  legend: string;
  options: readonly { readonly value: string; readonly label: string }[];
  selection: Selection;
  /** What is said where there is none. */
  none: string;
  /** What is said below them, such as that there are more. */
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
