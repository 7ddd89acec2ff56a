import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { JsonObject, JsonValue } from '../store/records.ts';
import type { Caller } from './authorization.ts';
import { objectOf } from './json-members.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import type { Answer } from './operation.ts';

const secretName = /secret|password|private|token$|key$|^pem$|^pkcs7$|^cert$|^connection_string$/i;
/** Their members have names that somebody chose: an Action's secrets, and the settings of a custom database. */
const secretHolder = /^(secrets|configuration|bareConfiguration)$/;
const mask = '*****';
/** An Action's code, of which the log keeps the beginning. */
const longestText = 2048;

/**
 * Keeps a write as a `sapi` entry of the tenant's log, with what was sent and answered, less what is secret.
 *
 * @see Auth0 docs: "Log Event Type Codes", "Log Data Retention"
 * @example
 * writeManagementLog(dependencies, { context, caller, description: 'Create a role', sent, result });
 */
export function writeManagementLog(
  { store, log }: Pick<ManagementDependencies, 'store' | 'log'>,
  entry: { context: Context; caller: Caller; description: string; sent: unknown; result: Answer },
): void {
  const { context, caller, result } = entry;
  const url = new URL(context.req.url);
  const ip = addressOf(context);
  const userAgent = context.req.header('user-agent') ?? '';
  const name = store.clients.find(caller.clientId)?.name;
  log.write({
    type: 'sapi',
    description: entry.description,
    client_id: caller.clientId,
    ...(name !== undefined && { client_name: name }),
    ip,
    hostname: url.host,
    user_agent: userAgent,
    details: {
      request: {
        method: context.req.method.toLowerCase(),
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        userAgent,
        body: masked(entry.sent ?? {}),
        channel: 'api',
        ip,
        auth: { user: {}, strategy: 'jwt', credentials: { subject: caller.subject } },
      },
      response: { statusCode: result.status, body: masked(result.body ?? {}) },
    },
  });
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
