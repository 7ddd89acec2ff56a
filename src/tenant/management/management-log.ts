import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import { type JsonObject, type JsonValue, objectOf } from '../store/json-value.ts';
import type { Caller } from './authorization.ts';
import { mask, returnedSecrets } from './http/returned-secrets.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import type { Answer, LoggedEvent } from './operation.ts';

/** A ticket acts for a user, and an export contains all users: anyone with the link can use it. */
const secretName =
  /secret|password|private|token$|key$|^pem$|^pkcs7$|^cert$|^connection_string$|^ticket$|^location$|^code_verifier$|^recovery_codes?$/i;
/** Objects whose members have names that users choose: an Action's secrets, and the settings of a custom database. */
const secretHolder = /^(secrets|configuration|bareConfiguration)$/;
/** The log stores only the beginning of an Action's code. */
const longestText = 2048;

type LogDependencies = Pick<ManagementDependencies, 'store' | 'log'>;

interface LoggedRequest {
  readonly context: Context;
  readonly caller: Caller;
  readonly description: string;
  readonly sent: unknown;
  readonly result: Answer;
  readonly events: readonly LoggedEvent[];
}

/**
 * Writes a `sapi` entry about a write to the tenant's log, with request and answer but without secrets. Further events follow.
 *
 * @see Auth0 docs: "Log Event Type Codes", "Log Data Retention"
 * @example
 * writeManagementLog(dependencies, { context, caller, description: 'Create a role', sent, result });
 */
export function writeManagementLog(deps: LogDependencies, request: LoggedRequest): void {
  const { description, sent, result } = request;
  const facts = factsOf(deps, request);
  const accessedSecrets = returnedSecrets(result.body);
  deps.log.write({
    ...facts,
    type: 'sapi',
    description,
    details: {
      request: { ...requestOf(request), body: masked(sent ?? {}) },
      response: responseOf(result),
      ...(accessedSecrets.length > 0 && { accessedSecrets }),
    },
  });
  for (const event of request.events) deps.log.write({ ...facts, ...event });
}

/**
 * Writes a `mgmt_api_read` entry if a read returned a secret. Other reads are not logged.
 *
 * @see Auth0 docs: "Log Event Type Codes"
 * @example
 * writeSecretRead(dependencies, { context, caller, description: 'Get all applications', sent: undefined, result, events: [] });
 */
export function writeSecretRead(deps: LogDependencies, request: LoggedRequest): void {
  const { description, result } = request;
  const accessedSecrets = returnedSecrets(result.body);
  if (accessedSecrets.length === 0) return;
  deps.log.write({
    ...factsOf(deps, request),
    type: 'mgmt_api_read',
    description,
    details: { request: requestOf(request), response: responseOf(result), accessedSecrets },
  });
}

function factsOf({ store }: LogDependencies, { context, caller }: LoggedRequest) {
  const name = store.clients.find(caller.clientId)?.name;
  return {
    client_id: caller.clientId,
    ...(name !== undefined && { client_name: name }),
    ip: addressOf(context),
    hostname: new URL(context.req.url).host,
    user_agent: context.req.header('user-agent') ?? '',
  };
}

function requestOf({ context, caller }: LoggedRequest): JsonObject {
  const url = new URL(context.req.url);
  return {
    method: context.req.method.toLowerCase(),
    path: url.pathname,
    query: masked(Object.fromEntries(url.searchParams)),
    userAgent: context.req.header('user-agent') ?? '',
    channel: 'api',
    ip: addressOf(context),
    auth: { user: {}, strategy: 'jwt', credentials: { subject: caller.subject } },
  };
}

function responseOf(result: Answer): JsonObject {
  return { statusCode: result.status, body: masked(result.body ?? {}) };
}

/**
 * A copy with all secrets masked. A text or number is secret because of its own name, or because of the name of an object
 * that contains it at any level.
 */
function masked(value: unknown, isSecret = false): JsonValue {
  if (Array.isArray(value)) return value.map((item) => masked(item, isSecret));
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(([key, member]) => [key, maskedMember(key, member, isSecret)]);
    return Object.fromEntries(members) as JsonObject;
  }
  if (isSecret && (typeof value === 'string' || typeof value === 'number')) return mask;
  if (typeof value === 'string' && value.length > longestText) return `${value.slice(0, longestText)}…`;
  return (value ?? null) as JsonValue;
}

function maskedMember(key: string, member: unknown, inSecret: boolean): JsonValue {
  if (key === 'secrets' && Array.isArray(member) && !inSecret) return member.map(maskedSecret);
  return masked(member, inSecret || secretName.test(key) || secretHolder.test(key));
}

/** An Action's secret is shown by name only, with the time when it was set. */
function maskedSecret(secret: unknown): JsonObject {
  const { value, ...rest } = objectOf(secret);
  return { ...objectOf(masked(rest)), ...(value !== undefined && { value: mask }) };
}

function addressOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? '';
  } catch {
    // A request without a socket, as in tests.
    return '';
  }
}
