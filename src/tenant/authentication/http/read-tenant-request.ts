import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { type LoginTenant, newLogin } from '../authorize/login-progress.ts';
import { libraryParameters } from '../authorize/original-request.ts';
import { authenticationSettings } from '../provider/authentication-settings.ts';
import { tokenRequest } from '../tokens/token-request.ts';
import { answerFailure } from './answer-failure.ts';
import { type LibraryRequest, readRequest, rewriteRequest } from './incoming-request.ts';
import { pushedReference, pushedRequest } from './pushed-request.ts';
import type { RequestInfo } from './request-info.ts';
import type { OidcContext, WebContext } from './web-context.ts';

/**
 * Makes the library's web framework read each request before any endpoint sees it. The context then holds the login of the
 * request, and a copy of the request in the library's parameters.
 *
 * @param issuers returns every domain of the tenant, with trailing slashes.
 * @example
 * readTenantRequests(provider, tenant, () => ['https://localhost:4000/']);
 */
export function readTenantRequests(provider: Provider, tenant: LoginTenant, issuers: () => readonly string[]): void {
  const issuer = new URL(tenant.issuer);
  provider.use(async (ctx: WebContext, next: () => Promise<void>) => {
    try {
      const { path, search, facts } = await readRequest(ctx.req, issuer);
      ctx.state.login = newLogin(tenant, ctx as unknown as OidcContext, facts);
      const ownAudiences = new Set(issuers().map((domain) => `${domain}userinfo`));
      const rewritten = libraryRequest(tenant, ctx.req, facts, path, search, ownAudiences);
      replaceRequest(ctx, rewriteRequest(ctx.req, issuer, rewritten));
    } catch (error) {
      ctx.respond = false;
      answerFailure(ctx.res, error);
      return;
    }
    await next();
  });
}

function replaceRequest(ctx: WebContext, request: IncomingMessage): void {
  ctx.req = request;
  ctx.request.req = request;
  ctx.response.req = request;
  ctx.originalUrl = request.url ?? '/';
  ctx.request.originalUrl = ctx.originalUrl;
}

/** Translates a request to an endpoint of the library into the library's parameters. */
function libraryRequest(
  { store }: LoginTenant,
  request: IncomingMessage,
  { form }: RequestInfo,
  path: string,
  search: URLSearchParams,
  ownAudiences: ReadonlySet<string>,
): LibraryRequest {
  const method = request.method ?? 'GET';
  if (path === '/authorize' && (method === 'GET' || method === 'POST')) {
    const query = method === 'POST' ? form : search;
    const pushed = pushedReference(store, query);
    if (pushed !== undefined) return { method: 'GET', path, search: pushed };
    const client = store.clients.find(query.get('client_id') ?? '');
    const parameters = libraryParameters(query, client, ownAudiences, authenticationSettings(store).defaultAudience);
    // If pushed requests are off, no reference may lead to one.
    if (parameters.has('request_uri')) parameters.set('request_uri', 'about:blank');
    return { method: 'GET', path, search: parameters };
  }
  if ((path === '/oauth/token' || path === '/oauth/revoke') && method === 'POST') {
    return { method, path, ...tokenRequest(store, form, request.headers, ownAudiences) };
  }
  if (path === '/oauth/par' && method === 'POST') {
    return { method, path, ...pushedRequest(store, form, request.headers, ownAudiences) };
  }
  return { method, path, search };
}
