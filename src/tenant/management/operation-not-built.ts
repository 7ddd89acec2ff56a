import type { PublishedOperation } from './description/published-operation.ts';
import { describedOperations } from './description/published-operations.ts';
import { ApiError } from './http/api-error.ts';

/** The code of every answer to an operation that is not built. */
export const notBuilt = 'operation_not_built';

/**
 * The error for an operation that Auth0 publishes and this tenant does not have, at least not for this request. Auth0's SDK
 * repeats a request that answers 5xx for minutes, so the answer is a 4xx: 404 for a read, which the deploy CLI takes for a
 * feature that is not there; 400 for any other method, since the deploy CLI passes over some writes that answer 404.
 *
 * @example
 * throw operationNotBuilt(published);
 */
export function operationNotBuilt({ method, path, name }: PublishedOperation): ApiError {
  return new ApiError(
    method === 'GET' ? 404 : 400,
    `This tenant does not have the operation ${name} (${method} ${path}). Use an Auth0 tenant for it.`,
    notBuilt,
  );
}

/**
 * The operations that the published description has at a path.
 *
 * @example
 * publishedAt('/branding').map(({ method }) => method); // ['GET', 'PATCH']
 */
export function publishedAt(path: string): PublishedOperation[] {
  return describedOperations.filter((published) => published.path === path);
}
