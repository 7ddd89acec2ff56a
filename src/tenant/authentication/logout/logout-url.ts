/** Schemes of code or of files on the user's own machine. The tenant never redirects to them, even if they are listed. */
const refusedSchemes = new Set([
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'filesystem:',
  'blob:',
  'about:',
  'view-source:',
]);

/** A scheme, two slashes and an authority. `https:evil.example` and `//evil.example` do not match. */
const absoluteUrl = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i;

/** Characters that parsers treat differently: some drop them, some read a backslash as a slash. */
const ambiguousCharacters = /[\p{Cc}\p{Z}\\]/u;

/**
 * The URL to redirect to after a logout: `returnTo`, normalized by the URL standard, if the list allows it.
 * Redirect to the returned URL, not to the requested one, so that the browser gets exactly the URL that was compared.
 *
 * The rules are Auth0's. The scheme is required. Scheme and host are compared without case, the path with case. The query
 * and the fragment are ignored. A `*` stands for (part of) one sub-domain, the left-most one, with http and https only.
 * URLs are compared as browsers read them: default ports, dot segments and internationalized hosts are normalized first.
 * A URL with user information, a backslash, white space or a percent sign in its host is never allowed.
 *
 * @param allowed Allowed Logout URLs of the application or of the tenant.
 * @param returnTo the original parameter of the request.
 * @returns the URL, or nothing if the list does not contain it.
 * @example
 * logoutTarget(['https://app.example.com/bye'], 'https://APP.example.com:443/bye?from=home');
 * // 'https://app.example.com/bye?from=home'
 * logoutTarget(['https://*.example.com/bye'], 'https://a.b.example.com/bye'); // undefined: two levels
 * logoutTarget(['https://example.com'], 'https://example.com@evil.example'); // undefined
 * @see Auth0 docs: "Redirect Users with Alternative Logout", "Subdomain URL Placeholders".
 */
export function logoutTarget(allowed: readonly string[], returnTo: string): string | undefined {
  const target = parse(returnTo);
  if (target === undefined) return undefined;
  return allowed.some((entry) => allows(entry.trim(), target)) ? target.href : undefined;
}

function parse(text: string): URL | undefined {
  if (ambiguousCharacters.test(text) || !text.isWellFormed()) return undefined;
  const authority = absoluteUrl.exec(text)?.[1];
  // Another parser may decode the percent sign or split at the at sign differently.
  if (authority === undefined || authority.includes('@') || authority.includes('%')) return undefined;
  const url = URL.parse(text);
  if (url === null || url.hostname === '' || refusedSchemes.has(url.protocol)) return undefined;
  return url;
}

function allows(entry: string, target: URL): boolean {
  const pattern = parse(entry);
  if (pattern === undefined) return false;
  return (
    pattern.protocol === target.protocol &&
    pattern.port === target.port &&
    pattern.pathname === target.pathname &&
    hostMatches(pattern, target.hostname.toLowerCase())
  );
}

function hostMatches(pattern: URL, host: string): boolean {
  const expected = pattern.hostname.toLowerCase();
  if (!expected.includes('*')) return expected === host;
  if (pattern.protocol !== 'https:' && pattern.protocol !== 'http:') return false;
  const [label = '', ...parents] = expected.split('.');
  const parts = label.split('*');
  const [prefix, suffix] = parts;
  if (parts.length !== 2 || prefix === undefined || suffix === undefined || parents.join('.').includes('*')) {
    return false;
  }
  // A wildcard directly below a top-level domain would allow the whole domain. `localhost` is always this machine.
  if (parents.filter((parent) => parent !== '').length < 2 && parents.join('.') !== 'localhost') return false;
  const [hostLabel = '', ...hostParents] = host.split('.');
  return (
    hostParents.join('.') === parents.join('.') &&
    hostLabel.length > prefix.length + suffix.length &&
    hostLabel.startsWith(prefix) &&
    hostLabel.endsWith(suffix) &&
    /^[a-z0-9_-]+$/.test(hostLabel)
  );
}
