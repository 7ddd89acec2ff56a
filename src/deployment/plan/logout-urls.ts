import type { Policy } from '../../policy/policy.ts';
import type { DesiredState } from '../desired-state.ts';

/**
 * Returns the logout URLs that one guarded application has to allow: those of all, and its own landing page.
 *
 * @param policy with client IDs
 * @example logoutUrlsOf(desired, snapshot.policy, 'b1Xk…') // ['https://apex.example.com/ords/r/team/app/refused']
 */
export function logoutUrlsOf({ logoutUrls }: DesiredState, { landingPages = {} }: Policy, clientId: string): string[] {
  const own = Object.hasOwn(landingPages, clientId) ? landingPages[clientId] : undefined;
  return own === undefined ? [...logoutUrls] : [...new Set([...logoutUrls, own])];
}

/**
 * Returns the required URLs that a list of Allowed Logout URLs lacks. Auth0 ignores query and hash. It compares the path with
 * case, and scheme and host without. `*` matches one or more labels at the front of a host.
 *
 * Source: Auth0's documentation, "Redirect Users After Logout".
 *
 * @example missingLogoutUrls(['https://apex.example.com/refused?a=b'], ['https://apex.example.com/refused']) // []
 */
export function missingLogoutUrls(wanted: readonly string[], allowed: readonly string[]): string[] {
  return wanted.map(withoutQuery).filter((url) => !allowed.some((one) => allows(one, url)));
}

function allows(pattern: string, url: string): boolean {
  if (!pattern.includes('*')) return withoutQuery(pattern) === url;
  // The parser rejects a host with a star.
  const stand = 'star-of-portcullis';
  const parsed = URL.parse(withoutQuery(pattern.replace('*', stand)));
  const target = URL.parse(url);
  if (parsed === null || target === null) return false;
  const [star, ...rest] = parsed.hostname.split('.');
  return (
    star === stand &&
    target.hostname.endsWith(`.${rest.join('.')}`) &&
    parsed.protocol === target.protocol &&
    parsed.port === target.port &&
    parsed.pathname === target.pathname
  );
}

function withoutQuery(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text;
  url.search = '';
  url.hash = '';
  return url.href;
}
