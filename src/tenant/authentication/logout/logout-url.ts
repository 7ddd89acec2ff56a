/** Schemes whose "pages" are code, or files of the person's own machine. Never redirected to, listed or not. */
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

/** A scheme, two slashes, an authority: `https:evil.example` and `//evil.example` are nowhere near it. */
const absoluteUrl = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]+)/i;

/** Parsers disagree about these: some drop them, some read a backslash as a slash. */
const ambiguousCharacters = /[\p{Cc}\p{Z}\\]/u;

/**
 * Where the browser goes after a logout: `returnTo` as the URL standard writes it, if the list allows it.
 * Redirect to what this gives, rather than to what was asked, so that what was compared is what the browser is sent.
 *
 * @param allowed Allowed Logout URLs of the application or of the tenant.
 * @param returnTo the parameter of the request, as it came.
 * @returns the URL, or nothing when the list does not hold it.
 * @example
 * logoutTarget(['https://app.example.com/bye'], 'https://APP.example.com:443/bye?from=home');
 * // 'https://app.example.com/bye?from=home'
 * @see Auth0 docs: "Redirect Users with Alternative Logout", "Subdomain URL Placeholders".
 */
export function logoutTarget(allowed: readonly string[], returnTo: string): string | undefined {
  const target = parse(returnTo);
  if (target === undefined) return undefined;
  return allowed.some((entry) => allows(entry.trim(), target)) ? target.href : undefined;
}

/**
 * Whether a browser may be sent to `returnTo` after a logout.
 *
 * As on Auth0: the scheme must be there; scheme and host compare without regard to case, the path with; the query and
 * the fragment do not count; a `*` stands for (part of) one sub-domain, the left-most one, over http and https only.
 * URLs are compared as browsers read them: default ports, dot segments and internationalized hosts are normalized
 * first, and a URL with user information, a backslash, white space or a percent sign in its host is never allowed.
 *
 * @example
 * matchLogoutUrl(['https://*.example.com/bye'], 'https://shop.example.com/bye?x=1'); // true
 * matchLogoutUrl(['https://*.example.com/bye'], 'https://a.b.example.com/bye'); // false: two levels
 * matchLogoutUrl(['https://example.com'], 'https://example.com@evil.example'); // false
 * @see Auth0 docs: "Redirect Users with Alternative Logout", "Subdomain URL Placeholders".
 */
export function matchLogoutUrl(allowed: readonly string[], returnTo: string): boolean {
  return logoutTarget(allowed, returnTo) !== undefined;
}

function parse(text: string): URL | undefined {
  if (ambiguousCharacters.test(text) || !text.isWellFormed()) return undefined;
  const authority = absoluteUrl.exec(text)?.[1];
  // Another parser may decode the percent sign, or cut at the at sign, elsewhere than this one does.
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
  // A wildcard right below a top-level domain would allow the whole of it. `localhost` is nobody else's.
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
