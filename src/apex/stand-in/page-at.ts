import type { Application } from './application.ts';
import { findPage, type Page } from './page.ts';
import { classicRequest, friendlyRequest } from './page-request.ts';

/**
 * Finds the page of the application that an address leads to; `undefined` if it leads elsewhere.
 *
 * @example pageAt(app, 'http://localhost:4040/ords/f?p=100:SIGNED-OUT:0')?.public // true
 * @see Oracle APEX, Friendly URL syntax, f?p syntax
 */
export function pageAt(app: Application, address: string): Page | undefined {
  const url = new URL(address, app.addresses.origin);
  if (url.origin !== app.addresses.origin) return undefined;
  const { application } = app.settings.options;
  const [, alias = '', name = 'home'] = /^\/ords\/r\/[^/]+\/([^/]+)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
  const request =
    url.pathname === '/ords/f' ? classicRequest(url.searchParams) : friendlyRequest(alias, name, url.searchParams);
  const here = [application.alias, String(application.id)].includes(request?.application.toLowerCase() ?? '');
  return request === undefined || !here ? undefined : findPage(app.settings.pages, request.page);
}
