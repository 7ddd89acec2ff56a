import type { StandInApplication } from './options.ts';

export const CALLBACK_PATHS = ['/ords/apex_authentication.callback', '/ords/apex_authentication.callback2'] as const;
export const LOGOUT_PATH = '/ords/apex_authentication.logout';
export const STYLESHEET_PATH = '/ords/stand-in.css';
/** The path of the session cookie. */
export const COOKIE_PATH = '/ords';

/** The addresses of one running stand-in; known once it has its port. */
export interface Addresses {
  /** Scheme, host and port, without a slash at the end. */
  readonly origin: string;
  readonly callback: string;
  page(alias: string, query?: URLSearchParams | Record<string, string>): string;
  /** Makes an address absolute and local. It may be relative to `/ords/`, such as `f?p=GATE:11:0`. */
  resolve(address: string): string;
}

/**
 * @param origin such as `http://localhost:4100`
 * @param toLocal turns an address of the real tenant or application into its local replacement
 * @example addresses('http://localhost:4100', application).page('home') // 'http://localhost:4100/ords/r/demo/gate/home'
 * @see Oracle APEX, Friendly URL syntax; APEX_AUTHENTICATION.GET_CALLBACK_URL
 */
export function addresses(
  origin: string,
  application: StandInApplication,
  toLocal: (address: string) => string = (address) => address,
): Addresses {
  return {
    origin,
    callback: `${origin}${CALLBACK_PATHS[0]}`,
    page(alias, query) {
      const search = new URLSearchParams(query).toString();
      const path = `${origin}/ords/r/${application.workspace}/${application.alias}/${alias}`;
      return search === '' ? path : `${path}?${search}`;
    },
    resolve: (address) => toLocal(new URL(address, `${origin}/ords/`).href),
  };
}
