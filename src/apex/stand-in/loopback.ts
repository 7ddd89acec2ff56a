/**
 * Whether a URL's host is this machine, where plain HTTP exposes no secret.
 *
 * @example isLoopback(new URL('http://localhost:4000/')) // true
 */
function isLoopback(url: URL): boolean {
  const host = url.hostname;
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/**
 * Whether a client may send tokens and secrets to a URL: HTTPS to any host, HTTP only to this machine.
 *
 * @example isSafeTransport(new URL('http://example.com/token')) // false
 */
export function isSafeTransport(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}
