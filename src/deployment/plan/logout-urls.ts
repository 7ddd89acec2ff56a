import type { Policy } from '../../policy/policy.ts';
import type { DesiredState } from '../desired-state.ts';

/** A guarded application, as the tenant has it. */
interface Guarded {
  readonly clientId: string;
  readonly name: string;
}

/**
 * Returns the logout URLs that one guarded application has to allow: those of all, and pages of its own.
 *
 * @param policy with client IDs
 * @example
 * logoutUrlsOf(desired, snapshot.policy, { clientId: 'b1Xk…', name: 'APEX' }) // ['https://apex.example.com/ords/r/team/app/refused']
 */
export function logoutUrlsOf(
  { logoutUrls, signedOutPages = {} }: DesiredState,
  { landingPages = {} }: Policy,
  { clientId, name }: Guarded,
): string[] {
  const own = [pageOf(landingPages, clientId), pageOf(signedOutPages, clientId) ?? pageOf(signedOutPages, name)];
  return [...new Set([...logoutUrls, ...own.filter((url) => url !== undefined)])];
}

function pageOf(pages: Readonly<Record<string, string>>, application: string): string | undefined {
  return Object.hasOwn(pages, application) ? pages[application] : undefined;
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
