/** Schemes of code or of files on the user's own machine. */
const REFUSED_SCHEMES = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']);

/**
 * Whether the tenant may send an authorization response to `redirectUri`. An entry of the list must equal it character
 * by character, or differ only in a `*` that stands for (part of) the left-most sub-domain.
 *
 * @param allowed Allowed Callback URLs of the application.
 * @example
 * callbackAllowed(['https://*.example.com/callback'], 'https://shop.example.com/callback'); // true
 * callbackAllowed(['https://app.example.com/callback'], 'https://app.example.com/callback/'); // false
 * @see Auth0 docs: "Redirect Users after Login", "Subdomain URL Placeholders".
 */
export function callbackAllowed(allowed: readonly string[], redirectUri: string): boolean {
  const url = URL.parse(redirectUri);
  if (url === null || REFUSED_SCHEMES.has(url.protocol) || redirectUri.includes('#')) return false;
  return allowed.some((entry) => entry === redirectUri || matchesWildcard(entry, redirectUri));
}

const WILDCARD = /^(https?:\/\/)([a-z0-9-]*)\*([a-z0-9-]*)((?:\.[a-z0-9-]+){2,}(?::\d+)?(?:[/?].*)?)$/i;

function matchesWildcard(entry: string, redirectUri: string): boolean {
  const [, scheme, prefix, suffix, rest] = WILDCARD.exec(entry) ?? [];
  if (scheme === undefined || prefix === undefined || suffix === undefined || rest === undefined) return false;
  if (!redirectUri.startsWith(scheme + prefix) || !redirectUri.endsWith(suffix + rest)) return false;
  const start = scheme.length + prefix.length;
  const end = redirectUri.length - suffix.length - rest.length;
  return end > start && /^[a-z0-9-]+$/i.test(redirectUri.slice(start, end));
}
