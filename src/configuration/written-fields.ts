//! Parts of a value that was not checked yet.

/** The fields of an object. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * Returns the names of a policy's applications, as far as they are names.
 *
 * @example applicationNames(['APEX', { name: 'HR' }]) // ['APEX', 'HR']
 */
export function applicationNames(value: unknown): string[] {
  return listOf(value).flatMap((one) => {
    const name = isFields(one) ? one.name : one;
    return typeof name === 'string' ? name : [];
  });
}

/** The fields of an object; none for anything else. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list; an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
