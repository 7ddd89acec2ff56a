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
import { type ConsoleSession, keepSession } from '../console-session.ts';
import { pageSettings } from '../page-settings.ts';

const callback = `${pageSettings.issuer}console/callback`;
const pendingKey = 'portcullis.sign-in';

interface Pending {
  readonly verifier: string;
  readonly state: string;
  /** Where the person was. */
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
  // The tenant's second domain is plain HTTP, on this machine alone.
  if (issuer.startsWith('http://localhost:')) allowInsecureRequests(configuration);
  return configuration;
}

/** Leaves for the tenant's login page, by authorization code with a proof key. */
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
 * Ends the sign-in that the address belongs to.
 *
 * @returns where the person was before it
 * @throws Error where the tenant refused, or where the sign-in was not begun in this tab
 */
export async function completeSignIn(): Promise<string> {
  const kept = sessionStorage.getItem(pendingKey);
  sessionStorage.removeItem(pendingKey);
  if (kept === null) throw new Error('This sign-in was not begun in this tab.');
  const { verifier, state, path } = JSON.parse(kept) as Pending;
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
  keepSession(session);
  return path;
}
