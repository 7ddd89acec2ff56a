/** One response in a chain of redirects, as a browser's network panel would list it. */
export interface Hop {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface Visit {
  readonly hops: readonly Hop[];
  /** The response that is not a redirect; `undefined` if the browser gave up. */
  readonly end: Hop | undefined;
}

interface StoredCookie {
  readonly value: string;
  readonly path: string;
}

/** A browser without a display: keeps cookies (by host name, regardless of the port, as browsers do) and follows redirects. */
export class Browser {
  readonly cookies = new Map<string, StoredCookie>();

  async open(address: string | URL, init: RequestInit = {}): Promise<Hop> {
    const url = new URL(address);
    const headers = new Headers(init.headers);
    const cookie = this.#cookieHeader(url);
    if (cookie !== '') headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#store(line);
    return { url, status: response.status, headers: response.headers, body: await response.text() };
  }

  /** Follows redirects until a page is returned, until `stop` is true, or as often as Chromium would: 20 times. */
  async visit(address: string | URL, stop: (url: URL) => boolean = () => false, limit = 20): Promise<Visit> {
    const hops: Hop[] = [];
    let next = new URL(address);
    while (hops.length < limit) {
      const hop = await this.open(next);
      hops.push(hop);
      const location = hop.headers.get('location');
      if (location === null) return { hops, end: hop };
      next = new URL(location, hop.url);
      if (stop(next)) return { hops, end: { url: next, status: 0, headers: new Headers(), body: '' } };
    }
    return { hops, end: undefined };
  }

  #cookieHeader(url: URL): string {
    const matching = [...this.cookies].filter(([, { path }]) => url.pathname.startsWith(path));
    return matching.map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  #store(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const split = pair.indexOf('=');
    const name = pair.slice(0, split);
    const read = (attribute: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${attribute}=`))?.slice(attribute.length + 1);
    const expires = read('expires');
    if (read('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now())) {
      this.cookies.delete(name);
    } else {
      this.cookies.set(name, { value: pair.slice(split + 1), path: read('path') ?? '/' });
    }
  }
}
