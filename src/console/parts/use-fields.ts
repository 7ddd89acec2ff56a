import { useState } from 'react';

/** What is typed into the fields of a form. */
export interface Fields<Values extends object> {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  /** What the tenant has, as far as is known. */
  readonly before: Values;
  /** What is another than that. */
  readonly changes: Partial<Values>;
  /** The value of one field and what changes it, as a `TextField` and its like take them. */
  readonly field: <Name extends keyof Values>(
    name: Name,
  ) => { readonly value: Values[Name]; readonly onChange: (value: Values[Name]) => void };
  /** Says that these values are saved. */
  readonly saved: () => void;
}

/**
 * Keeps what is typed into the fields of a form. Where the tenant is found to have other values, as after a save, the fields
 * follow it; those that somebody has typed into since stay as they are.
 *
 * @param given what the tenant has
 * @example
 * const { values, field } = useFields({ name: role.name ?? '' });
 * <TextField label="Name" {...field('name')} />
 */
export function useFields<Values extends object>(given: Values): Fields<Values> {
  const [state, setState] = useState({ given, before: given, values: given });
  const { before, values } = state;
  if (!same(state.given, given)) {
    setState({ given, before: given, values: { ...given, ...differences(before, values) } });
  }
  const change = (part: Partial<Values>) => setState((now) => ({ ...now, values: { ...now.values, ...part } }));
  return {
    values,
    change,
    before,
    changes: differences(before, values),
    field: (name) => ({
      value: values[name],
      onChange: (value) => change({ [name]: value } as unknown as Partial<Values>),
    }),
    saved: () => setState((now) => ({ ...now, before: values })),
  };
}

/** The values of `after` that are others than in `before`. */
function differences<Values extends object>(before: Values, after: Values): Partial<Values> {
  const names = Object.keys(after) as (keyof Values)[];
  const others = names.filter((name) => !same(before[name], after[name]));
  return Object.fromEntries(others.map((name) => [name, after[name]])) as Partial<Values>;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
