import type { LogEntry } from '../logs/tenant-log.ts';
import type { JsonObject, JsonValue } from '../store/json-value.ts';
import type { Caller, RequiredScopes } from './authorization.ts';
import type { PublishedOperation } from './description/published-operation.ts';

/** A query that was checked and read as the description says. These parameters have the same type wherever they occur. */
export interface Query {
  readonly page?: number;
  readonly per_page?: number;
  readonly include_totals?: boolean;
  readonly from?: string;
  readonly take?: number;
  readonly fields?: string;
  readonly include_fields?: boolean;
  readonly q?: string;
  readonly sort?: string;
  readonly [parameter: string]: JsonValue | undefined;
}

/** A request that has passed every check. */
export interface Call<Body = unknown> {
  /** Parameters of the path, decoded: `{ id: 'auth0|1' }`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: JsonObject & Body;
  readonly caller: Caller;
  /** The tenant's domain that received the request: `https://localhost:4000/`. */
  readonly domain: string;
  /** Aborted when the caller no longer waits. */
  readonly signal: AbortSignal;
  /** Takes further log entries of a write: `sdu` in addition to the `sapi` of a user's deletion. */
  readonly events: LoggedEvent[];
}

export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: unknown;
}

/** A log entry without the members that all entries of its request share. */
export type LoggedEvent = Omit<LogEntry, 'ip' | 'hostname' | 'user_agent'>;

/** One operation of the description, with its implementation. Its path, query and body are checked as described. */
export interface Operation {
  readonly method: PublishedOperation['method'];
  /** As in the description: `/users/{id}/roles`. */
  readonly path: string;
  readonly described: PublishedOperation;
  /** The description of a write in the tenant's log: `Create a role`. */
  readonly description?: string;
  /** Set if they differ from "any of those that the description names". */
  readonly scopes?: RequiredScopes;
  /** A form with a file, or a page of HTML, instead of JSON. */
  readonly reads?: 'multipart' | 'page';
  /** A login, a page, a mail or a log differs for it, even if none of its settings does. */
  readonly effective?: true;
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

/**
 * Declares an operation of the description.
 *
 * @example
 * describedOperation(published, { handle: () => ({ status: 200, body: keys }) });
 */
export function describedOperation(
  described: PublishedOperation,
  definition: Omit<Operation, 'method' | 'path' | 'described'>,
): Operation {
  return { ...definition, method: described.method, path: described.path, described };
}

/** A parameter of the path. It always exists, since the router has matched the path. */
export function pathParameter(call: { readonly params: Readonly<Record<string, string>> }, name: string): string {
  return call.params[name] ?? '';
}
