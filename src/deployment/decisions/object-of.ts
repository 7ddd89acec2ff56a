/** Returns the members of an object, and no members for other values: a tenant's log has values of many shapes. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
