interface FieldQuery {
  fields?: string | undefined;
  include_fields?: boolean | undefined;
}

/**
 * The members that `fields` names, or all others if `include_fields=false`.
 *
 * @param always members that are returned regardless of the request
 * @example
 * selectFields({ id: '1', name: 'x' }, { fields: 'name', include_fields: false }) // { id: '1' }
 */
export function selectFields<Shown extends object>(
  shown: Shown,
  query: FieldQuery,
  always: readonly string[] = [],
): Partial<Shown> {
  if (query.fields === undefined) return shown;
  const named = new Set(query.fields.split(',').map((field) => field.trim()));
  const isSelected = (name: string) => always.includes(name) || named.has(name) === (query.include_fields ?? true);
  return Object.fromEntries(Object.entries(shown).filter(([name]) => isSelected(name))) as Partial<Shown>;
}
