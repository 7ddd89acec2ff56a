import { useState } from 'react';
import { Tick } from './field.tsx';

/** Several of many, as they are ticked. */
export interface Ticked {
  readonly values: ReadonlySet<string>;
  /** Ticks some of them, or takes their ticks away. */
  readonly set: (values: readonly string[], yes: boolean) => void;
  /** Begins anew with these. */
  readonly reset: (values?: readonly string[]) => void;
}

/**
 * @param initial what is ticked at first
 * @example
 * const ticked = useTicked();
 * <Ticks legend="Roles" options={roles} ticked={ticked} none="There is no such role." />
 */
export function useTicked(initial: readonly string[] = []): Ticked {
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

/** Things to tick. */
export function Ticks(props: {
  /** Only for those who hear it. */
  legend: string;
  options: readonly { readonly value: string; readonly label: string }[];
  ticked: Ticked;
  /** What is said where there is none. */
  none: string;
  /** What is said below them, such as that there are more. */
  more?: string | undefined;
}) {
  const { legend, options, ticked, none, more } = props;
  return (
    <fieldset className="ticks">
      <legend className="unseen">{legend}</legend>
      {options.length === 0 && <span className="muted">{none}</span>}
      {options.map(({ value, label }) => (
        <Tick key={value} checked={ticked.values.has(value)} onChange={(yes) => ticked.set([value], yes)}>
          {label}
        </Tick>
      ))}
      {more && <span className="muted">{more}</span>}
    </fieldset>
  );
}
