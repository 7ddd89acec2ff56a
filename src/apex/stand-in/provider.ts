import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client';
import { Problem } from '../../problem/problem.ts';
import { clientAuthentication } from './client-authentication.ts';
import { withinDeadline } from './deadline.ts';
import { isSafeTransport } from './loopback.ts';
import { providerFetch } from './provider-fetch.ts';
import { providerProblem } from './provider-problem.ts';
import type { TokenAuthMethod } from './scheme-attributes.ts';

/** Members of a JSON object that the provider sent. */
export type ProviderValues = Readonly<Record<string, unknown>>;

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly tokenAuthMethod: TokenAuthMethod;
  readonly useUserinfo: boolean;
  readonly sendNonce: boolean;
  readonly sendPkce: boolean;
  /** The time that all requests of one step may take together. */
  readonly timeoutMs: number;
  readonly ca?: string;
}

export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string;
  readonly extra: string;
}

export interface Authorization {
  readonly url: string;
  readonly nonce?: string;
  readonly codeVerifier?: string;
}

/** The provider's answer to a code. */
export interface ProviderAnswer {
  /** The members that APEX has in `apex_json.g_values`: claims, user info, and the tokens. */
  readonly values: ProviderValues;
  readonly idTokenClaims: ProviderValues;
  readonly subject: string;
  readonly idToken: string;
}

export interface Provider {
  authorize(request: AuthorizationRequest): Promise<Authorization>;
  exchange(callback: URL, expected: { state: string; nonce?: string; codeVerifier?: string }): Promise<ProviderAnswer>;
  endSession(idToken: string, returnTo: string): Promise<string | undefined>;
  /** Whether it accepts a redirect URI: asked without a browser, and without a form (`prompt=none`). */
  takesCallback(redirectUri: string): Promise<boolean>;
  close(): void;
}

/** Short enough that a change of the provider's settings or keys takes effect without a restart. */
const DISCOVERY_LIFETIME_MS = 60_000;

/**
 * Makes a client of the OpenID provider with `openid-client`. ID tokens are validated in full, including the signature.
 * Every step ends within `timeoutMs`.
 *
 * @throws {Problem} from each method; no other error
 * @example
 *   const provider = createProvider(settings, Date.now);
 *   const { url } = await provider.authorize({ redirectUri, scope: 'openid profile', state, extra: '' });
 * @see OpenID Connect Core 1.0, section 3.1, and RP-Initiated Logout 1.0
 */
export function createProvider(settings: ProviderSettings, clock: () => number): Provider {
  const network = providerFetch(settings.ca);
  let known: { configuration: Promise<Configuration>; until: number } | undefined;

  function configuration(): Promise<Configuration> {
    const now = clock();
    if (known === undefined || now >= known.until) {
      const current = { configuration: discover(settings, network.fetch), until: now + DISCOVERY_LIFETIME_MS };
      current.configuration.catch(() => {
        if (known === current) known = undefined;
      });
      known = current;
    }
    return known.configuration;
  }

  async function step<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await withinDeadline(work(), settings.timeoutMs);
    } catch (failure) {
      throw providerProblem(failure);
    }
  }

  return {
    authorize: (request) => step(async () => authorizationUrl(await configuration(), settings, request)),
    exchange: (callback, expected) =>
      step(async () => exchangeCode(await configuration(), settings, callback, expected)),
    endSession: (idToken, returnTo) =>
      step(async () => {
        const config = await configuration();
        if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
        const url = buildEndSessionUrl(config, { id_token_hint: idToken, post_logout_redirect_uri: returnTo });
        return browserAddress(url);
      }),
    takesCallback: (redirectUri) =>
      step(async () => {
        const request = { redirectUri, scope: 'openid', state: 'callback-check', extra: 'prompt=none' };
        const { url } = await authorizationUrl(await configuration(), settings, request);
        const answer = await network.fetch(url, {
          method: 'GET',
          redirect: 'manual',
          headers: {},
          body: undefined,
        });
        await answer.body?.cancel();
        return answer.headers.get('location')?.startsWith(redirectUri) === true;
      }),
    close: () => network.close(),
  };
}

async function discover(settings: ProviderSettings, fetch: ReturnType<typeof providerFetch>['fetch']) {
  const issuer = new URL(settings.issuer);
  const insecure = issuer.protocol === 'http:' ? [allowInsecureRequests] : [];
  const timeout = settings.timeoutMs / 1000;
  const found = await discovery(issuer, settings.clientId, undefined, undefined, {
    [customFetch]: fetch,
    timeout,
    execute: insecure,
  });
  const { supportsPKCE: _helper, ...document } = found.serverMetadata();
  // APEX does not know RFC 9207, so a provider that announces `iss` must not make the client require it.
  const metadata = { ...document, authorization_response_iss_parameter_supported: false };
  const authentication = clientAuthentication(settings.tokenAuthMethod, settings.clientSecret);
  const config = new Configuration(metadata, settings.clientId, undefined, authentication);
  config[customFetch] = fetch;
  config.timeout = timeout;
  for (const allow of insecure) allow(config);
  enableNonRepudiationChecks(config);
  return config;
}

async function authorizationUrl(
  config: Configuration,
  settings: ProviderSettings,
  request: AuthorizationRequest,
): Promise<Authorization> {
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scope,
    state: request.state,
  });
  const nonce = settings.sendNonce ? randomNonce() : undefined;
  const codeVerifier = settings.sendPkce ? randomPKCECodeVerifier() : undefined;
  if (nonce !== undefined) parameters.set('nonce', nonce);
  if (codeVerifier !== undefined) {
    parameters.set('code_challenge', await calculatePKCECodeChallenge(codeVerifier));
    parameters.set('code_challenge_method', 'S256');
  }
  for (const [name, value] of new URLSearchParams(request.extra)) parameters.append(name, value);
  return {
    url: browserAddress(buildAuthorizationUrl(config, parameters)),
    ...(nonce === undefined ? {} : { nonce }),
    ...(codeVerifier === undefined ? {} : { codeVerifier }),
  };
}

async function exchangeCode(
  config: Configuration,
  settings: ProviderSettings,
  callback: URL,
  expected: { state: string; nonce?: string; codeVerifier?: string },
): Promise<ProviderAnswer> {
  const tokens = await authorizationCodeGrant(config, callback, {
    expectedState: expected.state,
    idTokenExpected: true,
    ...(expected.nonce === undefined ? {} : { expectedNonce: expected.nonce }),
    ...(expected.codeVerifier === undefined ? {} : { pkceCodeVerifier: expected.codeVerifier }),
  });
  const claims = tokens.claims();
  if (claims === undefined || tokens.id_token === undefined) {
    throw new Problem('invalid_id_token', 'The identity provider sent no ID token.');
  }
  const userinfo = settings.useUserinfo ? await fetchUserInfo(config, tokens.access_token, claims.sub) : {};
  return {
    // Oracle does not say which one wins if both have a claim; user info is the later one. The tokens come last,
    // so that no claim can replace them.
    values: { ...claims, ...userinfo, access_token: tokens.access_token, id_token: tokens.id_token },
    idTokenClaims: claims,
    subject: claims.sub,
    idToken: tokens.id_token,
  };
}

/** Returns an address for the browser. It carries a state or an ID token, so it must be HTTPS or local. */
function browserAddress(url: URL): string {
  if (!isSafeTransport(url)) {
    throw new Problem('provider_answer_unusable', 'The identity provider names an address without HTTPS.');
  }
  return url.href;
}
