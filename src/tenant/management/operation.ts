import type { z } from 'zod';
import type { LogEntry } from '../logs/tenant-log.ts';
import type { Caller, RequiredScopes } from './authorization.ts';
import type { PublishedOperation } from './description/published-operation.ts';

/** A request that has passed every check. */
export interface Call<Body, Query> {
  /** Parameters of the path, decoded: `{ id: 'auth0|1' }`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  /** The tenant's domain that received the request: `https://localhost:4000/`. */
  readonly domain: string;
  /** Aborted when the caller no longer waits. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: unknown;
  /** Further log entries of a write: `sdu` in addition to the `sapi` of a user's deletion. */
  readonly events?: readonly LoggedEvent[];
}

/** A log entry without the members that all entries of its request share. */
export type LoggedEvent = Omit<LogEntry, 'ip' | 'hostname' | 'user_agent'>;

type Schema = z.ZodType;

/** One operation of the published description, with its implementation. */
export interface Operation<BodySchema extends Schema = Schema, QuerySchema extends Schema = Schema> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As in the description: `/users/{id}/roles`. */
  readonly path: string;
  /** The description of a write in the tenant's log: `Create a role`. */
  readonly description?: string;
  /** Set if they differ from "any of those that the description names". */
  readonly scopes?: RequiredScopes;
  readonly query?: QuerySchema;
  readonly body?: BodySchema;
  /** Checks the query and the body as published, instead of schemas of our own. */
  readonly described?: PublishedOperation;
  /** A form with a file, or a page of HTML, instead of JSON. */
  readonly reads?: 'multipart' | 'page';
  readonly handle: (call: Call<z.output<BodySchema>, z.output<QuerySchema>>) => Answer | Promise<Answer>;
}

/**
 * Declares an operation. The types of its handler follow from its schemas.
 *
 * @example
 * operation({
 *   method: 'GET',
 *   path: '/roles/{id}',
 *   handle: ({ params }) => ({ status: 200, body: findRole(params.id) }),
 * });
 */
export function operation<BodySchema extends Schema, QuerySchema extends Schema>(
  definition: Operation<BodySchema, QuerySchema>,
): Operation {
  // Safe: the handler only receives values that its own schemas have parsed.
  return definition as unknown as Operation;
}

/**
 * Declares an operation whose query and body are checked as the published description says.
 *
 * @example
 * describedOperation(publishedOperation('GET', '/keys/signing'), { handle: () => ({ status: 200, body: keys }) });
 */
export function describedOperation(
  published: PublishedOperation,
  definition: Pick<Operation, 'description' | 'handle' | 'scopes' | 'reads'>,
): Operation {
  return { ...definition, method: published.method, path: published.path, described: published };
}

/** A parameter of the path. It always exists, since the router has matched the path. */
export function pathParameter(call: { readonly params: Readonly<Record<string, string>> }, name: string): string {
  return call.params[name] ?? '';
}
