import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { JsonObject, JsonValue } from '../store/records.ts';
import type { Caller } from './authorization.ts';
import type { ManagementDependencies } from './management-dependencies.ts';
import type { Answer } from './operation.ts';

const secretName = /secret|password|private|token$|^pem$|^pkcs7$|^cert$|^connection_string$/i;
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

/** A copy in which nothing secret is left. A member is secret by its name; so is the value of anything named a secret. */
function masked(value: unknown, name = ''): JsonValue {
  if (typeof value === 'string') return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (Array.isArray(value)) return value.map((item) => masked(item, name));
  if (value === null || typeof value !== 'object') return (value ?? null) as JsonValue;
  const members = Object.entries(value).map(([key, member]) => [key, maskedMember(key, member, name)]);
  return Object.fromEntries(members) as JsonObject;
}

function maskedMember(key: string, member: unknown, parent: string): JsonValue {
  const plain = typeof member === 'string' || typeof member === 'number';
  if (plain && (secretName.test(key) || (parent === 'secrets' && key === 'value'))) return mask;
  return masked(member, key);
}

function addressOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? '';
  } catch {
    // Asked without a socket, as tests do.
    return '';
  }
}
