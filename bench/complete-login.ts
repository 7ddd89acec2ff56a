import { createHttpBrowser } from '../src/testing/http-browser.ts';

export const REDIRECT_URI = 'http://localhost:4040/callback';

/** A provider under measurement, and a user who can sign in there. */
export interface Subject {
  /** With a slash at its end. */
  readonly url: string;
  readonly authorizationPath: string;
  readonly tokenPath: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly username: string;
  readonly password: string;
}

/** One login without a session: authorization request, login page, form, callback, code for tokens. */
export async function completeLogin(subject: Subject): Promise<void> {
  const browser = createHttpBrowser();
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: subject.clientId,
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile email',
    state: 'an-unchecked-state',
  });
  const page = await browser.open(`${subject.url}${subject.authorizationPath}?${parameters}`, {
    stopAt: REDIRECT_URI,
  });
  const form = {
    state: page.url.searchParams.get('state') ?? '',
    username: subject.username,
    password: subject.password,
    action: 'default',
  };
  // A server without a page sends the browser back at once.
  const isBack = page.url.href.startsWith(REDIRECT_URI);
  const { url } = isBack ? page : await browser.submit(page.url, form, { stopAt: REDIRECT_URI });
  const code = url.searchParams.get('code');
  if (code === null) throw new Error(`The login ended at ${url.origin}${url.pathname}${url.search}`);
  const answer = await fetch(`${subject.url}${subject.tokenPath}`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      client_id: subject.clientId,
      client_secret: subject.clientSecret,
    }),
  });
  const tokens = (await answer.json()) as { id_token?: unknown };
  if (typeof tokens.id_token !== 'string') throw new Error(`No ID token: ${JSON.stringify(tokens)}`);
}

/** Logins per second, with a number of logins at a time. */
export async function loginsPerSecond(subject: Subject, count: number, atATime: number): Promise<number> {
  let remaining = count;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (remaining > 0) {
        remaining -= 1;
        await completeLogin(subject);
      }
    }),
  );
  return (count * 1000) / (performance.now() - start);
}
