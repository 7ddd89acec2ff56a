import { useState } from 'react';

/** The values of a form's fields. */
export interface Fields<Values extends object> {
  readonly values: Values;
  readonly change: (part: Partial<Values>) => void;
  /** The latest known values on the tenant. */
  readonly before: Values;
  /** The values that differ from `before`. */
  readonly changes: Partial<Values>;
  /** The properties of one field, for a `TextField` or another control. */
  readonly field: <Name extends keyof Values>(
    name: Name,
  ) => { readonly name: string; readonly value: Values[Name]; readonly onChange: (value: Values[Name]) => void };
  /** Marks the current values as saved. */
  readonly saved: () => void;
}

/**
 * Keeps the values of a form's fields. If the tenant has other values, for example after a save, the fields follow them, except
 * the fields that the user has changed since.
 *
 * @param current the values on the tenant
 * @example
 * const { values, field } = useFields({ name: role.name ?? '' });
 * <TextField label="Name" {...field('name')} />
 */
export function useFields<Values extends object>(current: Values): Fields<Values> {
  const [state, setState] = useState({ current, before: current, values: current });
  const { before, values } = state;
  if (!same(state.current, current)) {
    setState({ current, before: current, values: { ...current, ...differences(before, values) } });
  }
  const change = (part: Partial<Values>) => setState((now) => ({ ...now, values: { ...now.values, ...part } }));
  return {
    values,
    change,
    before,
    changes: differences(before, values),
    field: (name) => ({
      name: String(name),
      value: values[name],
      onChange: (value) => change({ [name]: value } as unknown as Partial<Values>),
    }),
    saved: () => setState((now) => ({ ...now, before: values })),
  };
}

/** The values of `after` that differ from `before`. */
function differences<Values extends object>(before: Values, after: Values): Partial<Values> {
  const names = Object.keys(after) as (keyof Values)[];
  const others = names.filter((name) => !same(before[name], after[name]));
  return Object.fromEntries(others.map((name) => [name, after[name]])) as Partial<Values>;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
