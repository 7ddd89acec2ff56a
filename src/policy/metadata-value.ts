/**
 * Returns a value of `app_metadata`. An inherited property, such as `constructor`, is not in it.
 *
 * @example metadataValue({ personnel: { department: 'sales' } }, ['personnel', 'department']) // 'sales'
 */
export function metadataValue(record: Readonly<Record<string, unknown>>, steps: readonly string[]): unknown {
  let value: unknown = record;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}
