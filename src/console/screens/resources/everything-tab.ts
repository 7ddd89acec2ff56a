/**
 * The tab that leads to the generated screen of a subject, with all of its settings and parts.
 *
 * @example
 * everythingTab('roles', 'rol_1').path // '/console/resources/roles/rol_1'
 */
export function everythingTab(family: string, id: string) {
  return { label: 'Everything', path: `/console/resources/${family}/${encodeURIComponent(id)}`, current: false };
}
