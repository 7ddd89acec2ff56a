import { ApiError } from './api-error.ts';
import { type PublishedOperation, publishedOperations } from './published-operations.ts';

/**
 * The error for an operation that Auth0 publishes and this tenant does not have, at least not for this request.
 *
 * @example
 * throw operationNotBuilt(published);
 */
export function operationNotBuilt([method, path, name]: PublishedOperation): ApiError {
  return new ApiError(
    501,
    `This tenant does not have the operation ${name} (${method} ${path}). Use an Auth0 tenant for it.`,
    'operation_not_built',
  );
}

/**
 * The operations that the published description has at a path.
 *
 * @example
 * publishedAt('/branding').map(([method]) => method); // ['GET', 'PATCH']
 */
export function publishedAt(path: string): PublishedOperation[] {
  return publishedOperations.filter((published) => published[1] === path);
}
