/** The members of what is an object, and none of what is not: a tenant's log says many things in many shapes. */
export function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
