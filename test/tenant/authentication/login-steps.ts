import { Browser, locationOf } from './browser.ts';
import { CALLBACK, PASSWORD, type RunningTenant, SECRET } from './running-tenant.ts';

/** An authorization request of the application `web`. */
export function authorizeUrl(tenant: RunningTenant, parameters: Record<string, string> = {}): URL {
  const url = new URL('authorize', tenant.issuer);
  const all = { client_id: 'web', response_type: 'code', redirect_uri: CALLBACK, scope: 'openid', state: 'rp-state' };
  for (const [name, value] of Object.entries({ ...all, ...parameters })) {
    if (value !== '') url.searchParams.set(name, value);
  }
  return url;
}

/** Begins a login and signs a user in. Returns the browser's final URL and response. */
export async function logIn(
  tenant: RunningTenant,
  browser = new Browser(),
  parameters: Record<string, string> = {},
  username = 'ada@example.com',
): Promise<{ response: Response; url: URL }> {
  const page = await browser.follow(authorizeUrl(tenant, parameters));
  if (page.url.pathname !== '/u/login') return page;
  return browser.signIn(page.url, username, PASSWORD);
}

/** Calls the authorization endpoint once and returns the target of its redirect. */
export async function authorize(
  tenant: RunningTenant,
  browser: Browser,
  parameters: Record<string, string> = {},
): Promise<{ response: Response; location: URL | undefined }> {
  const url = authorizeUrl(tenant, parameters);
  const response = await browser.get(url);
  return { response, location: locationOf(response, url) };
}

/** Calls the token endpoint with a form, by default as the application `web`. */
export async function requestToken(
  tenant: RunningTenant,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = new URLSearchParams({ client_id: 'web', client_secret: SECRET, ...fields });
  for (const [name, value] of [...body]) if (value === '') body.delete(name);
  const response = await fetch(new URL('oauth/token', tenant.issuer), { method: 'POST', body, headers });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The code of a fresh login. */
export async function freshCode(tenant: RunningTenant, parameters: Record<string, string> = {}): Promise<string> {
  const { url } = await logIn(tenant, new Browser(), parameters);
  const code = url.searchParams.get('code');
  if (code === null) throw new Error(`no code: ${url.href}`);
  return code;
}

export function exchange(tenant: RunningTenant, code: string, fields: Record<string, string> = {}) {
  return requestToken(tenant, { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...fields });
}

export function payloadOf(token: unknown): Record<string, unknown> {
  return JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString());
}

export function userinfo(tenant: RunningTenant, token: string): Promise<Response> {
  return fetch(new URL('userinfo', tenant.issuer), { headers: { authorization: `Bearer ${token}` } });
}
