import { randomUUID } from 'node:crypto';
import * as openid from 'openid-client';
import type { DecisionLine } from '../action/decision-line.ts';
import { Problem } from '../problem/problem.ts';
import type { AuthenticatorApps } from './authenticator-app.ts';
import { type BrowserCookie, createHttpBrowser, type HttpBrowser, type Page } from './http-browser.ts';
import { type RedirectAnswer, walkThroughLogin } from './login-walk.ts';
import type { TenantClock } from './tenant-clock.ts';
import { decisionOf, type TenantHistory } from './tenant-history.ts';
import type { TestApplication, TestApplications } from './test-applications.ts';

/** How a user signs in. */
export interface SignInOptions {
  /** E-mail address, username or phone number; or an earlier login, whose session signs in without a password. */
  readonly user: string | SignIn;
  /** The seed's password unless set. */
  readonly password?: string;
  /** Name or client ID; the first application unless set. */
  readonly application?: string;
  readonly audience?: string;
  /** `openid profile email offline_access` unless set. */
  readonly scope?: string;
  /** The connection to sign in with; for a social one, the user has no password. The seed's connection unless set. */
  readonly connection?: string;
  /** ID of the organization. */
  readonly organization?: string;
  /** Secret of the user's authenticator app, in base 32. */
  readonly otp?: string;
  /** The first callback of the application unless set. Nothing has to answer there. */
  readonly redirectUri?: string;
  /** Further parameters of the authorization request, such as `{ acr_values, prompt }`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Answers for the page that an Action sends the user to: the parameters that it sends back to `/continue`. */
  readonly continueWith?: (url: URL) => RedirectAnswer | Promise<RedirectAnswer>;
}

/** Claims of a token. */
export interface TokenClaims {
  readonly sub: string;
  readonly [claim: string]: unknown;
}

/** The tokens of a login, or of a refresh. */
export interface Tokens {
  readonly claims: TokenClaims;
  readonly idToken: string;
  readonly accessToken: string;
  /** The claims of the access token, if it is for an API of the tenant. */
  readonly accessTokenClaims: TokenClaims | undefined;
  readonly refreshToken: string | undefined;
  readonly scope: readonly string[];
}

/** Why a login did not reach the application. */
export interface Denial {
  /** The error that the application receives, such as `access_denied`; the tenant's own if the login ended at one of its pages. */
  readonly error: string;
  readonly description: string;
  /** The reason of the policy's decision, such as `unverified_email`. */
  readonly reason?: string;
  /** The page on which the login ended. */
  readonly url: string;
}

/** A login. To read a token of one that was denied throws a {@link Problem} that says why. */
export interface SignIn extends Tokens {
  /** Absent if the user reached the application. */
  readonly denied: Denial | undefined;
  /** The decision of the policy's Action; absent if none ran. */
  readonly decision: DecisionLine | undefined;
  /** The cookies of the tenant in the user's browser. */
  readonly cookies: readonly BrowserCookie[];
  /** The redirects from the authorization request to the end. */
  readonly url: string;
  /** The name under which the tenant's history has what this login did. */
  readonly label: string;
  /** The user's browser, which keeps its session. */
  readonly browser: HttpBrowser;
  /**
   * Exchanges the refresh token. After it, this login has the new one.
   *
   * @throws {Problem} `refresh_refused`
   */
  refresh(): Promise<Tokens>;
}

export interface SignInDependencies {
  readonly issuer: string;
  readonly loopbackUrl: string;
  readonly applications: TestApplications;
  readonly apps: AuthenticatorApps;
  readonly clock: TenantClock;
  readonly history: TenantHistory;
  /** The seed's entry of a user. */
  userOf(name: string): { readonly password?: string; readonly connection?: string; readonly verified: boolean };
  isSocial(connection: string): Promise<boolean>;
}

const SCOPE = 'openid profile email offline_access';

/**
 * Signs a user in as a browser and an application do together: every redirect, page, Action and factor, and the exchange of the
 * code by a certified client.
 *
 * @throws {Problem} `application_unknown`, `sign_in_impossible`
 * @example
 * const una = await signIn(dependencies, { user: 'una@example.com', application: 'APEX' });
 */
export async function signIn(deps: SignInDependencies, options: SignInOptions): Promise<SignIn> {
  return deps.clock.run(() => signInNow(deps, options));
}

async function signInNow(deps: SignInDependencies, options: SignInOptions): Promise<SignIn> {
  const { issuer, apps, history } = deps;
  const former = typeof options.user === 'string' ? undefined : options.user;
  const application = await deps.applications.find(options.application);
  const redirectUri = options.redirectUri ?? usableCallback(application);
  const label = randomUUID();
  const headers = history.headersOf(label);
  const browser = (former?.browser ?? createHttpBrowser()).withHeaders(headers);
  const name = typeof options.user === 'string' ? options.user : (options.user.claims.email ?? '');
  const seeded = deps.userOf(String(name));
  const connection = options.connection ?? seeded.connection;
  if (options.otp !== undefined) apps.enrol(String(name), options.otp);

  const configuration = clientOf(issuer, application, headers);
  const verifier = openid.randomPKCECodeVerifier();
  const [state, nonce] = [openid.randomState(), openid.randomNonce()];
  const start = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: options.scope ?? SCOPE,
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
    ...(options.audience !== undefined && { audience: options.audience }),
    ...(options.organization !== undefined && { organization: options.organization }),
    ...(connection !== undefined && { connection }),
    ...options.parameters,
  });
  const page = await walkThroughLogin({
    browser,
    user: {
      name: String(name),
      password: options.password ?? seeded.password,
      connection: connection !== undefined && (await deps.isSocial(connection)) ? connection : undefined,
      emailVerified: seeded.verified,
      hasOnlySession: former !== undefined && options.password === undefined,
    },
    start,
    redirectUri,
    origins: [issuer, deps.loopbackUrl].map((url) => new URL(url).origin),
    apps,
    mailedCode: (address) =>
      /^\d{6}$/m.exec(history.mails.findLast(({ to }) => to.toLowerCase() === address.toLowerCase())?.text ?? '')?.[0],
    continueWith: options.continueWith,
  });
  const decision = decisionOf(history.executions(label));
  const ended = { decision, cookies: await browser.cookies(issuer), url: page.url.href, label, browser };
  const denied = denialOf(page, redirectUri, decision);
  if (denied !== undefined) return deniedSignIn(denied, ended);
  try {
    const answer = await openid.authorizationCodeGrant(configuration, page.url, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: (options.scope ?? SCOPE).split(' ').includes('openid'),
    });
    return acceptedSignIn(deps.clock, configuration, tokensOf(answer), ended);
  } catch (error) {
    const { code, description } = refusalOf(error);
    return deniedSignIn({ error: code, description, url: `${issuer}oauth/token` }, ended);
  }
}

/** The reason for which the token endpoint gave no tokens. */
function refusalOf(error: unknown): { code: string; description: string } {
  if (error instanceof openid.ResponseBodyError) {
    return { code: error.error, description: error.error_description ?? '' };
  }
  if (error instanceof openid.ClientError) {
    const cause = error.cause instanceof Response ? ` It answered ${error.cause.status}.` : '';
    return { code: 'token_endpoint_failed', description: `${error.message}.${cause}` };
  }
  if (error instanceof TypeError) {
    const why = error.cause instanceof Error ? error.cause.message : error.message;
    return { code: 'token_endpoint_failed', description: `The request failed: ${why}` };
  }
  throw error;
}

type Ended = Pick<SignIn, 'decision' | 'cookies' | 'url' | 'label' | 'browser'>;

function acceptedSignIn(clock: TenantClock, configuration: openid.Configuration, first: Tokens, ended: Ended): SignIn {
  let { refreshToken } = first;
  return {
    ...first,
    ...ended,
    get refreshToken() {
      return refreshToken;
    },
    denied: undefined,
    refresh: () =>
      clock.run(async () => {
        if (refreshToken === undefined) {
          throw new Problem(
            'refresh_refused',
            'This login has no refresh token.',
            'The application needs the grant refresh_token, the API allow_offline_access, and the scope offline_access.',
          );
        }
        try {
          const tokens = tokensOf(await openid.refreshTokenGrant(configuration, refreshToken));
          refreshToken = tokens.refreshToken ?? refreshToken;
          return tokens;
        } catch (error) {
          const { code, description } = refusalOf(error);
          throw new Problem(
            'refresh_refused',
            `The tenant refused the refresh token: ${code}. ${description}`,
            undefined,
            {
              cause: error,
            },
          );
        }
      }),
  };
}

function deniedSignIn(denied: Denial, ended: Ended): SignIn {
  const refuse = (): never => {
    const reason = denied.reason === undefined ? '' : ` (${denied.reason})`;
    throw new Problem('sign_in_denied', `The login was refused: ${denied.error}${reason}. ${denied.description}`);
  };
  return {
    ...ended,
    denied,
    get claims() {
      return refuse();
    },
    get idToken() {
      return refuse();
    },
    get accessToken() {
      return refuse();
    },
    get accessTokenClaims() {
      return refuse();
    },
    get refreshToken() {
      return refuse();
    },
    get scope() {
      return refuse();
    },
    refresh: async () => refuse(),
  };
}

function usableCallback({ name, callbacks }: TestApplication): string {
  const callback = callbacks.find((url) => !url.includes('*') && !url.includes('{'));
  if (callback !== undefined) return callback;
  throw new Problem(
    'sign_in_impossible',
    `The application "${name}" has no callback that a user can be sent back to.`,
    'Seed it with one, `callbacks: [URL]`, or sign in with `redirectUri: URL`.',
  );
}

function clientOf(
  issuer: string,
  { clientId, clientSecret, authMethod, name }: TestApplication,
  headers: Readonly<Record<string, string>>,
): openid.Configuration {
  if (authMethod === 'private_key_jwt') {
    throw new Problem(
      'sign_in_impossible',
      `The application "${name}" authenticates itself with a private key, which the tenant does not have.`,
      'Sign in through the application itself, or seed it with token_endpoint_auth_method: client_secret_post',
    );
  }
  const server = {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
  };
  const authentication = authMethod === 'none' ? openid.None() : openid.ClientSecretPost(clientSecret);
  const configuration = new openid.Configuration(server, clientId, clientSecret, authentication);
  configuration[openid.customFetch] = (url, init) =>
    fetch(url, { ...init, headers: { ...init.headers, ...headers } } as RequestInit);
  return configuration;
}

function denialOf(page: Page, redirectUri: string, decision: DecisionLine | undefined): Denial | undefined {
  const { url, status, body } = page;
  const reason = decision?.decision === 'refuse' ? { reason: decision.reason } : {};
  const callback = new URL(redirectUri);
  if (url.origin === callback.origin && url.pathname === callback.pathname) {
    const error = url.searchParams.get('error');
    if (error === null) return undefined;
    return { error, description: url.searchParams.get('error_description') ?? '', ...reason, url: url.href };
  }
  if (body === '') {
    const description = `The login ended at ${url.origin}${url.pathname}.`;
    return { error: decision === undefined ? 'redirected' : 'access_denied', description, ...reason, url: url.href };
  }
  if (/^\/u\/login(\/identifier)?$/.test(url.pathname) && status === 200) {
    return { error: 'login_required', description: 'The user has no session any more.', ...reason, url: url.href };
  }
  const code = /data-error-code="([^"]*)"/.exec(body)?.[1];
  const text = (/role="alert">([\s\S]*?)<\/div>/.exec(body)?.[1] ?? body.replace(/[\s\S]*<main[^>]*>/, ''))
    .replace(/<\/main>[\s\S]*/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const description = `The login ended at ${url.pathname} with status ${status}: ${text.slice(0, 300)}`;
  return { error: code ?? 'ended_at_page', description, ...reason, url: url.href };
}

function tokensOf(answer: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers): Tokens {
  const claims = (answer.claims() ?? {}) as unknown as TokenClaims;
  return {
    claims,
    idToken: answer.id_token ?? '',
    accessToken: answer.access_token,
    accessTokenClaims: payloadOf(answer.access_token),
    refreshToken: answer.refresh_token,
    scope: (answer.scope ?? '').split(' ').filter((scope) => scope !== ''),
  };
}

function payloadOf(token: string): TokenClaims | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as TokenClaims;
  } catch {
    return undefined;
  }
}
