import type { RequiredScopes } from '../authorization.ts';
import { describedOperations } from '../description/published-operations.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, describedOperation, type Operation } from '../operation.ts';

/** An operation that is not one of a collection or a setting. */
interface SingleOperation {
  /** In the log, if it writes: `Rotate connection keys`. */
  readonly description?: string;
  /** Set if they differ from "any of those that the description names". */
  readonly scopes?: RequiredScopes;
  readonly reads?: 'multipart';
  /**
   * Returns the body of the answer, `null` for an answer without one, or a function that waits for it. A write runs in a transaction, that
   * function after it. A handler may name the type that the description gives to its body. @throws ApiError
   */
  handle(call: Call): unknown;
}

type Definitions = Readonly<Record<string, SingleOperation>>;

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
  definitions: Definitions,
): Operation[] {
  return Object.entries(definitions).map(([name, { handle, ...definition }]) => {
    const published = describedOperations.find(({ method, path }) => `${method} ${path}` === name);
    if (published === undefined) throw new Error(`Not in the published description: ${name}`);
    const { method, status } = published;
    return describedOperation(published, {
      ...definition,
      handle: async (call) => {
        const result = method === 'GET' ? handle(call) : store.transaction(() => handle(call));
        const body = typeof result === 'function' ? await result() : result;
        return status === 204 || body === null ? { status: 204 } : { status, body };
      },
    });
  });
}

/**
 * The same for operations that a login, a page, a mail or a log differs for.
 *
 * @example
 * effectiveOperations(dependencies, { 'GET /roles/{id}': { handle: ({ params }) => findRole(store, String(params.id)) } });
 */
export function effectiveOperations(
  dependencies: Pick<ManagementDependencies, 'store'>,
  definitions: Definitions,
): Operation[] {
  return singleOperations(dependencies, definitions).map((one) => ({ ...one, effective: true }));
}
