/** Screens of the console for resources, by the path of the resource. The generated screen has what they do not show. */
const screens: Readonly<Record<string, string>> = {
  '/clients': '/console/applications',
  '/clients/{}': '/console/applications/{}',
  '/resource-servers': '/console/apis',
  '/resource-servers/{}': '/console/apis/{}',
  '/users': '/console/users',
  '/users/{}': '/console/users/{}',
  '/roles': '/console/roles',
  '/roles/{}': '/console/roles/{}',
  '/actions/actions': '/console/actions/library',
  '/actions/actions/{}': '/console/actions/library/{}',
  '/actions/triggers': '/console/actions/triggers',
  '/actions/triggers/{}/bindings': '/console/actions/triggers/{}',
  '/logs': '/console/logs',
  '/logs/{}': '/console/logs/{}',
  '/tenants/settings': '/console/settings',
};

/**
 * The console's own screen for a resource.
 *
 * @param path as in the tree of resources
 * @param values of the parameters in the path
 * @returns its path, or `undefined` if the resource has a generated screen only
 * @example
 * ownScreenOf('/roles/{}', ['rol_1']) // '/console/roles/rol_1'
 */
export function ownScreenOf(path: string, values: readonly string[]): string | undefined {
  let next = 0;
  return screens[path]?.replace(/\{\}/g, () => encodeURIComponent(values[next++] ?? ''));
}
