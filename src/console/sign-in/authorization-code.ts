import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  Configuration,
  calculatePKCECodeChallenge,
  None,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { beginSession, type ConsoleSession } from '../console-session.ts';
import { pageSettings } from '../page-settings.ts';

const callback = `${pageSettings.issuer}console/callback`;
const pendingKey = 'portcullis.sign-in';

interface Pending {
  readonly verifier: string;
  readonly state: string;
  /** The screen that the user came from. */
  readonly path: string;
}

function client(): Configuration {
  const { issuer, clientId } = pageSettings;
  const server = {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
  };
  const configuration = new Configuration(server, clientId, undefined, None());
  // The tenant's second domain is plain HTTP. It is reachable from this machine only.
  if (issuer.startsWith('http://localhost:')) allowInsecureRequests(configuration);
  return configuration;
}

/** Starts the authorization code flow with PKCE: goes to the tenant's login page. */
export async function beginSignIn(path: string): Promise<void> {
  const verifier = randomPKCECodeVerifier();
  const state = randomState();
  const pending: Pending = { verifier, state, path };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const address = buildAuthorizationUrl(client(), {
    redirect_uri: callback,
    scope: ['openid', 'profile', 'email', ...pageSettings.scopes].join(' '),
    audience: pageSettings.audience,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    login_hint: 'administrator@tenant.example',
  });
  location.assign(address.href);
}

/**
 * Completes the sign-in: exchanges the code in the address for tokens.
 *
 * @returns the screen that the user came from
 * @throws Error if the tenant refused, or if the sign-in started in another tab
 */
export async function completeSignIn(): Promise<string> {
  const stored = sessionStorage.getItem(pendingKey);
  sessionStorage.removeItem(pendingKey);
  if (stored === null) throw new Error('This sign-in was not started in this tab.');
  const { verifier, state, path } = JSON.parse(stored) as Pending;
  const tokens = await authorizationCodeGrant(client(), new URL(location.href), {
    pkceCodeVerifier: verifier,
    expectedState: state,
  });
  const claims = tokens.claims();
  const session: ConsoleSession = {
    accessToken: tokens.access_token,
    expiresAt: Date.now() + (tokens.expires_in ?? 0) * 1000,
    scopes: (tokens.scope ?? '').split(' '),
    name: String(claims?.name ?? claims?.email ?? claims?.sub ?? ''),
    email: String(claims?.email ?? ''),
  };
  beginSession(session);
  return path;
}
