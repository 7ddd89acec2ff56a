import type { z } from 'zod';
import type { LogEntry } from '../logs/tenant-log.ts';
import type { Caller, RequiredScopes } from './authorization.ts';

/** A request that has passed every check. */
export interface Call<Body, Query> {
  /** From the path, decoded: `{ id: 'auth0|1' }`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  readonly caller: Caller;
  /** The tenant's domain that was asked: `https://localhost:4000/`. */
  readonly domain: string;
  /** Aborted where whoever has asked is gone. */
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: unknown;
  /** What else came of a write, for the tenant's log: `sdu` beside the `sapi` of a user's deletion. */
  readonly events?: readonly LoggedEvent[];
}

/** An entry of the log without what it shares with every entry of its request. */
export type LoggedEvent = Omit<LogEntry, 'ip' | 'hostname' | 'user_agent'>;

type Schema = z.ZodType;

/** One operation of the published description, and what the tenant does for it. */
export interface Operation<BodySchema extends Schema = Schema, QuerySchema extends Schema = Schema> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** As the description writes it: `/users/{id}/roles`. */
  readonly path: string;
  /** What the tenant's log says of a write: `Create a role`. */
  readonly description?: string;
  /** Where they differ from "any of those that the description names". */
  readonly scopes?: RequiredScopes;
  readonly query?: QuerySchema;
  readonly body?: BodySchema;
  /** A form with a file, instead of JSON. */
  readonly reads?: 'multipart';
  readonly handle: (call: Call<z.output<BodySchema>, z.output<QuerySchema>>) => Answer | Promise<Answer>;
}

/**
 * An operation, its handler's types taken from its schemas.
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
  // Safe: the handler is only ever given what its own schemas made.
  return definition as unknown as Operation;
}

/** A parameter of the path; the router has matched it, so that it is always there. */
export function pathParameter(call: { readonly params: Readonly<Record<string, string>> }, name: string): string {
  return call.params[name] ?? '';
}
