import type { ClientRecord } from '../../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../../store/records/connection-repository.ts';
import type { Store } from '../../../store/store.ts';
import { requestInfo } from '../../authorize/login-progress.ts';
import type { WebContext } from '../../http/web-context.ts';
import { corsAllowed } from '../../provider/cors-origins.ts';
import { enabledDatabase } from '../enabled-connection.ts';

/** A request to a database connection whose application and database exist. */
export interface DatabaseRequest {
  readonly client: ClientRecord;
  readonly connection: ConnectionRecord;
  readonly email: string;
}

/**
 * Reads what every endpoint of `/dbconnections` needs: an application, a database that is enabled for it, and an e-mail
 * address. If one is missing, this function answers the request. Pages of the application's origins may read the answers.
 *
 * @param required further members that the request must have.
 * @example
 * const request = databaseRequest(store, ctx, ['password']);
 * if (request === undefined) return;
 * @see Auth0 docs: "Signup", "Change Password" (Authentication API).
 */
export function databaseRequest(
  store: Store,
  ctx: WebContext,
  required: readonly string[],
): DatabaseRequest | undefined {
  ctx.set('cache-control', 'no-store');
  for (const name of ['client_id', 'connection', 'email', ...required]) {
    if (oneValue(ctx, name) === undefined) return refuse(ctx, `${name} is required`);
  }
  const clientId = oneValue(ctx, 'client_id') ?? '';
  const name = oneValue(ctx, 'connection') ?? '';
  const client = store.clients.find(clientId);
  if (client === undefined || client.global) return refuse(ctx, 'Unknown client');
  allowOrigin(store, ctx, client);
  const connection = enabledDatabase(store, clientId, name);
  if (connection === undefined) {
    return refuse(ctx, `connection is disabled (client_id: ${clientId} - connection: ${name})`);
  }
  return { client, connection, email: oneValue(ctx, 'email') ?? '' };
}

/** A member of the body, form or JSON; nothing if it is empty, is not text, or occurs more than once. */
export function oneValue(ctx: WebContext, name: string): string | undefined {
  const { form, json } = requestInfo(ctx);
  if (json !== undefined) {
    const value = Object.hasOwn(json, name) ? json[name] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
  const values = form.getAll(name);
  return values.length === 1 && values[0] !== '' ? values[0] : undefined;
}

/** Answers the browser's preflight request, which it sends before a page of another origin may call. */
export function answerPreflight(ctx: WebContext): void {
  const origin = ctx.get('origin');
  ctx.status = 204;
  if (origin === '') return;
  ctx.vary('Origin');
  ctx.set('access-control-allow-origin', origin);
  ctx.set('access-control-allow-methods', 'POST');
  ctx.set('access-control-allow-headers', 'auth0-client, content-type');
}

function allowOrigin(store: Store, ctx: WebContext, client: ClientRecord): void {
  const origin = ctx.get('origin');
  ctx.vary('Origin');
  if (origin !== '' && corsAllowed(store, client, origin)) ctx.set('access-control-allow-origin', origin);
}

function refuse(ctx: WebContext, description: string): undefined {
  ctx.status = 400;
  ctx.body = { error: 'invalid_request', error_description: description };
  return undefined;
}
