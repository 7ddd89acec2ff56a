import type { MiddlewareHandler } from 'hono';
import type { TenantLog } from '../../logs/tenant-log.ts';
import { ApiError } from '../http/api-error.ts';
import { TokenBucket } from './token-bucket.ts';

export type RateLimitPlan = 'free' | 'essentials' | 'professional' | 'off';

interface Limit {
  /** Number of requests at once. */
  readonly burst: number;
  readonly perMinute: number;
}

type Group = 'readUsers' | 'writeUsers' | 'readLogs' | 'readClients' | 'readConnections' | 'others';

const paid: Record<Group, Limit> = {
  readUsers: { burst: 40, perMinute: 500 },
  writeUsers: { burst: 20, perMinute: 200 },
  readLogs: { burst: 10, perMinute: 100 },
  readClients: { burst: 5, perMinute: 100 },
  readConnections: { burst: 5, perMinute: 50 },
  others: { burst: 10, perMinute: 150 },
};

const readGroups: Record<string, Group> = {
  users: 'readUsers',
  'users-by-email': 'readUsers',
  logs: 'readLogs',
  clients: 'readClients',
  connections: 'readConnections',
};

/**
 * Refuses requests as a tenant of that plan would, with 429, and reports in `X-RateLimit-*` headers how many remain: `Reset`
 * is the second, since 1970, at which there are more. On the free plan all requests share one limit, on other plans
 * each group of endpoints has its own. The first of consecutive refusals adds an `api_limit` entry to the log.
 *
 * @param now milliseconds since 1970
 * @example
 * app.use('*', limitRate({ plan: 'free', log }))
 *
 * @see Auth0 docs: "Rate Limit Configurations", "Log Event Type Codes"
 */
export function limitRate(options: {
  plan: Exclude<RateLimitPlan, 'off'>;
  log: TenantLog;
  now?: () => number;
}): MiddlewareHandler {
  const now = options.now ?? Date.now;
  const whole = new TokenBucket({ burst: 2, perMinute: 120 }, now());
  const groups = new Map(Object.entries(paid).map(([group, limit]) => [group, new TokenBucket(limit, now())] as const));
  const refusing = new Set<TokenBucket>();
  return async (context, next) => {
    const { method, path } = context.req;
    const name = options.plan === 'free' ? 'global' : groupOf(method, path);
    const bucket = groups.get(name) ?? whole;
    const time = now();
    const admitted = bucket.take(time);
    context.header('x-ratelimit-limit', String(bucket.burst));
    context.header('x-ratelimit-remaining', String(bucket.remaining));
    context.header('x-ratelimit-reset', String(Math.ceil((time + bucket.millisecondsToNext) / 1000)));
    if (admitted) {
      refusing.delete(bucket);
      return next();
    }
    if (!refusing.has(bucket)) {
      refusing.add(bucket);
      options.log.write({
        type: 'api_limit',
        description: 'Global limit has been reached',
        hostname: new URL(context.req.url).host,
        details: {
          limit: { bucket: name, global: options.plan === 'free', size: bucket.burst },
          request: { method: method.toLowerCase(), path },
        },
      });
    }
    throw new ApiError(429, 'Global limit has been reached', 'too_many_requests');
  };
}

function groupOf(method: string, path: string): Group {
  const [resource = ''] = path.replace(/^\/api\/v2\//, '').split('/');
  if (method === 'GET') return readGroups[resource] ?? 'others';
  return resource === 'users' ? 'writeUsers' : 'others';
}
