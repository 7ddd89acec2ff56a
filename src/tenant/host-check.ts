import type { IncomingMessage, RequestListener } from 'node:http';

/**
 * Answers 421 to requests for any host but the domain's own. A page on another host, whose name points to this machine,
 * otherwise reads the answers as its own.
 *
 * @param url the domain with its scheme: `https://localhost:4000/`
 * @param handler answers the requests for the domain
 * @example
 * createServer(requireOwnHost('http://localhost:4001/', (request, response) => response.end('hello')));
 * @see RFC 9110, section 15.5.20.
 */
export function requireOwnHost(url: string, handler: RequestListener): RequestListener {
  const domain = new URL(url);
  return (request, response) => {
    if (requestedHosts(request, domain.protocol).every((host) => host === domain.host)) {
      handler(request, response);
      return;
    }
    // The rest of the body is not read.
    response.writeHead(421, { 'content-type': 'application/json; charset=utf-8', connection: 'close' });
    const message = `This port answers for ${domain.host} only. Use ${domain.href} instead.`;
    response.end(JSON.stringify({ statusCode: 421, error: 'Misdirected Request', message }));
  };
}

/** The hosts that the request names: in its `Host` header and, if it is absolute, in its target. */
function requestedHosts({ url = '/', headers }: IncomingMessage, scheme: string): (string | undefined)[] {
  const header = URL.parse(`${scheme}//${headers.host ?? ''}`)?.host;
  return url.includes('://') && !url.startsWith('/') ? [header, URL.parse(url)?.host] : [header];
}
