import type { Context, MiddlewareHandler } from 'hono';
import { corsAllowed } from '../../authentication/provider/cors-origins.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { Store } from '../../store/store.ts';

/** Applications to read at a time. */
const PAGE = 100;

const CLIENT = 'clientOfToken';

const EXPOSED = 'x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, www-authenticate';

const preflightHeaders = {
  'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE',
  'access-control-allow-headers': 'authorization, auth0-client, content-type',
  'access-control-max-age': '600',
};

/**
 * Lets a page read answers, and errors too, if its origin is in the settings of the application that the token was issued to.
 * A preflight request and a request without a valid token name no application: any one of the tenant may have the origin.
 *
 * @example
 * app.use('*', allowOrigins(store));
 * @see Auth0 docs: "Set Up Cross-Origin Resource Sharing"; "Get Management API Access Tokens for Single-Page Applications".
 */
export function allowOrigins(store: Store): MiddlewareHandler {
  return async (context, next) => {
    const origin = context.req.header('origin');
    if (origin === undefined) return next();
    const isPreflight =
      context.req.method === 'OPTIONS' && context.req.header('access-control-request-method') !== undefined;
    const isAnswered = isPreflight && isRegistered(store, origin);
    if (!isAnswered) await next();
    context.header('vary', 'Origin', { append: true });
    if (isAnswered) return context.body(null, 204, { 'access-control-allow-origin': origin, ...preflightHeaders });
    if (isPreflight || !mayRead(store, context.get(CLIENT), origin)) return undefined;
    context.header('access-control-allow-origin', origin);
    context.header('access-control-expose-headers', EXPOSED);
    return undefined;
  };
}

/** Whether a page of the origin may read an answer to the application. */
function mayRead(store: Store, clientId: unknown, origin: string): boolean {
  const client = typeof clientId === 'string' ? store.clients.find(clientId) : undefined;
  return client === undefined ? isRegistered(store, origin) : corsAllowed(store, client, origin);
}

/** Notes the application that the request's token was issued to. */
export function noteClient(context: Context, clientId: string): void {
  context.set(CLIENT, clientId);
}

function isRegistered(store: Store, origin: string): boolean {
  const allows = (client: ClientRecord) => corsAllowed(store, client, origin);
  for (let page = 0; ; page += 1) {
    const { rows } = store.clients.list({ global: false }, { page, perPage: PAGE });
    if (rows.some(allows)) return true;
    if (rows.length < PAGE) return false;
  }
}
