import type { RequiredScopes } from '../authorization.ts';
import { describedOperations } from '../description/published-operations.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { describedOperation, type Operation } from '../operation.ts';
import type { ResourceCall } from './collection.ts';

/** An operation that is not one of a collection or a setting. */
interface SingleOperation {
  /** In the log, if it writes: `Rotate connection keys`. */
  readonly description?: string;
  /** Set if they differ from "any of those that the description names". */
  readonly scopes?: RequiredScopes;
  /** Runs in a transaction. Returns the body of the answer, or a function that makes it afterwards. @throws ApiError */
  readonly handle: (call: ResourceCall) => unknown | (() => Promise<unknown>);
}

/**
 * Declares operations one by one, each with the status that is published for it.
 *
 * @throws Error if the published description does not have one of them
 * @example
 * singleOperations(dependencies, {
 *   'POST /custom-domains/{id}/verify': { description: 'Verify a custom domain', handle: ({ params }) => verify(params) },
 * });
 */
export function singleOperations(
  { store }: Pick<ManagementDependencies, 'store'>,
  definitions: Readonly<Record<string, SingleOperation>>,
): Operation[] {
  return Object.entries(definitions).map(([name, { description = '', scopes, handle }]) => {
    const published = describedOperations.find(({ method, path }) => `${method} ${path}` === name);
    if (published === undefined) throw new Error(`Not in the published description: ${name}`);
    const { status } = published;
    return describedOperation(published, {
      description,
      ...(scopes !== undefined && { scopes }),
      handle: async (call) => {
        const result = store.transaction(() => handle(call as ResourceCall));
        const body = typeof result === 'function' ? await result() : result;
        return status === 204 ? { status } : { status, body };
      },
    });
  });
}
