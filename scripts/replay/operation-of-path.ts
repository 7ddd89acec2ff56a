import { describedOperations } from '../../src/tenant/management/description/published-operations.ts';

const parametersIn = (path: string) => path.split('{').length;

const patterns = [...describedOperations]
  .sort((a, b) => parametersIn(a.path) - parametersIn(b.path))
  .map(({ method, path }) => ({
    operation: `${method} ${path}`,
    pattern: new RegExp(`^${method} /api/v2${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

/**
 * The published operation of a recorded request, as `docs/supported.md` names it, or `undefined` if there is none.
 *
 * @example
 * operationOfPath('GET', '/api/v2/roles/rol_1/users?per_page=50') // 'GET /roles/{id}/users'
 */
export function operationOfPath(method: string, path: string): string | undefined {
  const request = `${method} ${path.split('?')[0]}`;
  return patterns.find(({ pattern }) => pattern.test(request))?.operation;
}
