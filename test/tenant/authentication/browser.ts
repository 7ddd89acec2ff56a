/** A minimal browser for logins: it keeps cookies, follows redirects on request, and sends forms. */
export class Browser {
  readonly cookies = new Map<string, { readonly value: string; readonly path: string }>();

  async get(url: string | URL, headers: Record<string, string> = {}): Promise<Response> {
    return this.#send(new URL(url), { headers });
  }

  async post(
    url: string | URL,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return this.#send(new URL(url), { method: 'POST', body: new URLSearchParams(fields), headers });
  }

  /** Follows redirects that stay on the origin of the URL, and returns the last response. */
  async follow(url: string | URL): Promise<{ readonly response: Response; readonly url: URL; readonly hops: number }> {
    let current = new URL(url);
    const { origin } = current;
    for (let hops = 0; hops < 20; hops += 1) {
      const response = await this.get(current);
      const next = locationOf(response, current);
      if (next === undefined) return { response, url: current, hops };
      await response.body?.cancel();
      if (next.origin !== origin) return { response, url: next, hops: hops + 1 };
      current = next;
    }
    throw new Error('ERR_TOO_MANY_REDIRECTS');
  }

  /** Signs in on the browser's current login page, and returns the final URL and response. */
  async signIn(loginPage: URL, username: string, password: string): Promise<{ response: Response; url: URL }> {
    const state = loginPage.searchParams.get('state') ?? '';
    const response = await this.post(loginPage, { state, username, password, action: 'default' });
    const next = locationOf(response, loginPage);
    return next === undefined ? { response, url: loginPage } : this.follow(next);
  }

  async #send(url: URL, init: RequestInit): Promise<Response> {
    const cookie = [...this.cookies]
      .filter(([, { path }]) => url.pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const headers = { ...(init.headers as Record<string, string>), ...(cookie === '' ? {} : { cookie }) };
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const name = pair.slice(0, pair.indexOf('='));
    const value = pair.slice(pair.indexOf('=') + 1);
    const of = (wanted: string) =>
      attributes.find((attribute) => attribute.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const expires = of('expires');
    if (value === '' || (expires !== undefined && Date.parse(expires) < Date.now())) this.cookies.delete(name);
    else this.cookies.set(name, { value, path: of('path') ?? '/' });
  }
}

export function locationOf(response: Response, base: string | URL): URL | undefined {
  const location = response.headers.get('location');
  return location === null || response.status < 300 || response.status >= 400 ? undefined : new URL(location, base);
}
