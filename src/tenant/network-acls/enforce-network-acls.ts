import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { stylesheetPath } from '../authentication/universal-login/pages/universal-login-stylesheet.ts';
import type { TenantLog } from '../logs/tenant-log.ts';
import { objectOf } from '../store/json-value.ts';
import type { StoredRecord } from '../store/record-table.ts';
import type { Store } from '../store/store.ts';
import { isLoopback, matchingLists, type NetworkRequest, type NetworkScope } from './network-acl.ts';
import { type NetworkAclLog, networkAclLog } from './network-acl-log.ts';

const LISTS = { kind: '/network-acls' };

export interface NetworkAclsOptions {
  readonly store: Store;
  readonly log: TenantLog;
  /** The domain with its scheme: `https://localhost:4000/`. */
  readonly url: string;
  /** The location of this machine's own addresses. */
  readonly location:
    | { readonly countryCode?: string | undefined; readonly subdivisionCode?: string | undefined }
    | undefined;
}

/** A handler that refuses or redirects what the tenant's network access control lists say, and their entries of the log. */
export interface EnforcedNetworkAcls {
  readonly handle: RequestListener;
  readonly summaries: NetworkAclLog;
}

/**
 * Puts the tenant's network access control lists before a handler. The first list that matches decides; one that only logs is passed.
 *
 * @param handler answers the requests that are not refused
 * @example
 * const { handle, summaries } = enforceNetworkAcls({ store, log, url: 'https://localhost:4000/', location: undefined }, handler);
 * @see https://auth0.com/docs/secure/tenant-access-control-list
 */
export function enforceNetworkAcls(options: NetworkAclsOptions, handler: RequestListener): EnforcedNetworkAcls {
  const { store, log } = options;
  const domain = new URL(options.url);
  const summaries = networkAclLog(log, domain.host);
  return {
    handle(request, response) {
      const lists = store.records.at(LISTS);
      // The page of a refusal has this style sheet.
      if (lists.length === 0 || request.url === stylesheetPath) return handler(request, response);
      const facts = factsOf(request, domain, options);
      for (const list of matchingLists(lists, facts)) {
        summaries.count(list);
        const { allow, block, redirect, redirect_uri } = objectOf(objectOf(list.members.rule).action);
        if (allow === true) break;
        if (block === true) return refuse(request, response, list, facts).catch(() => response.destroy());
        if (redirect === true) {
          // The API takes any text.
          const location = URL.parse(String(redirect_uri))?.href;
          if (location === undefined) return refuse(request, response, list, facts).catch(() => response.destroy());
          return redirectTo(response, location);
        }
      }
      return handler(request, response);
    },
    summaries,
  };
}

function factsOf(request: IncomingMessage, domain: URL, { location }: NetworkAclsOptions): NetworkRequest {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const { countryCode: country, subdivisionCode } = (isLoopback(address) ? location : undefined) ?? {};
  return {
    scope: scopeOf(URL.parse(request.url ?? '/', domain.href)?.pathname ?? '/'),
    address,
    hostname: domain.hostname,
    userAgent: request.headers['user-agent'] ?? '',
    country,
    subdivision: country !== undefined && subdivisionCode !== undefined ? `${country}-${subdivisionCode}` : undefined,
  };
}

function scopeOf(path: string): NetworkScope {
  if (/^\/(?:api\/v2|scim)(?:\/|$)/.test(path)) return 'management';
  return path === '/oidc/register' ? 'dynamic_client_registration' : 'authentication';
}

function redirectTo(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, 'cache-control': 'no-store' }).end();
}

/** Says which list refuses, and how to get back in. Auth0 does not publish its own words. */
async function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { id, members }: StoredRecord,
  { scope, address }: NetworkRequest,
): Promise<void> {
  const message = `The network ACL "${String(members.description)}" (${id}) refuses ${address}. To change it, start the tenant with --ignore-network-acls.`;
  if (scope === 'authentication' && (request.headers.accept ?? '').includes('text/html')) {
    const { refusalPage } = await import('./refusal-page.ts');
    const { headers, html } = refusalPage(message);
    response.writeHead(403, headers).end(html);
    return;
  }
  // The rest of the body is not read.
  response.writeHead(403, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
  const body =
    scope === 'management'
      ? { statusCode: 403, error: 'Forbidden', message, errorCode: 'access_denied' }
      : { error: 'access_denied', error_description: message };
  response.end(JSON.stringify(body));
}
