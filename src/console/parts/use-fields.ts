import { useState } from 'react';

/** What is typed into the fields of a form. */
export interface Fields<Values extends object> {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  /** What is another than it was at first. */
  readonly changes: Partial<Values>;
  /** The value of one field and what changes it, as a `TextField` and its like take them. */
  readonly field: <Name extends keyof Values>(
    name: Name,
  ) => { readonly value: Values[Name]; readonly onChange: (value: Values[Name]) => void };
}

/**
 * Keeps what is typed into the fields of a form until it is saved.
 *
 * @param initial what is in them at first
 * @example
 * const { values, field } = useFields({ name: role.name ?? '' });
 * <TextField label="Name" {...field('name')} />
 */
export function useFields<Values extends object>(initial: Values): Fields<Values> {
  const [before] = useState(initial);
  const [values, setValues] = useState(initial);
  const change = (part: Partial<Values>) => setValues((now) => ({ ...now, ...part }));
  const names = Object.keys(values) as (keyof Values)[];
  return {
    values,
    change,
    changes: Object.fromEntries(
      names.filter((name) => values[name] !== before[name]).map((name) => [name, values[name]]),
    ) as Partial<Values>,
    field: (name) => ({
      value: values[name],
      onChange: (value) => change({ [name]: value } as unknown as Partial<Values>),
    }),
  };
}
