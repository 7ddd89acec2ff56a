import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { JsonObject, JsonValue } from '../store/json-value.ts';
import type { Caller } from './authorization.ts';
import { objectOf } from './json-members.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import type { Answer } from './operation.ts';
import { mask, returnedSecrets } from './returned-secrets.ts';

/** A ticket acts for a person, and the address of an export holds everybody: whoever has the link may use it. */
const secretName =
  /secret|password|private|token$|key$|^pem$|^pkcs7$|^cert$|^connection_string$|^ticket$|^location$|^code_verifier$|^recovery_codes?$/i;
/** Their members have names that somebody chose: an Action's secrets, and the settings of a custom database. */
const secretHolder = /^(secrets|configuration|bareConfiguration)$/;
/** An Action's code, of which the log keeps the beginning. */
const longestText = 2048;

type LogDependencies = Pick<ManagementDependencies, 'store' | 'log'>;

interface LoggedRequest {
  readonly context: Context;
  readonly caller: Caller;
  readonly description: string;
  readonly sent: unknown;
  readonly result: Answer;
}

/**
 * Keeps a write as a `sapi` entry of the tenant's log, with what was sent and answered, less what is secret; what else came of it follows.
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
  for (const event of result.events ?? []) deps.log.write({ ...facts, ...event });
}

/**
 * Keeps a read that gave somebody a secret as a `mgmt_api_read` entry; any other read leaves none.
 *
 * @see Auth0 docs: "Log Event Type Codes"
 * @example
 * writeSecretRead(dependencies, { context, caller, description: 'Get all applications', sent: undefined, result });
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
 * A copy in which nothing secret is left: a text or number is secret by its own name, or by the name of what it is in, however
 * deep.
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

/** Of an Action's secret the name is told, and when it was set. */
function maskedSecret(secret: unknown): JsonObject {
  const { value, ...rest } = objectOf(secret);
  return { ...objectOf(masked(rest)), ...(value !== undefined && { value: mask }) };
}

function addressOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? '';
  } catch {
    // Asked without a socket, as tests do.
    return '';
  }
}
