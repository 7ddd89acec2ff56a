import { createHash } from 'node:crypto';
import type { LoginProtocol, LoginRequest, LoginTransaction } from '../../actions/run/login-transaction.ts';
import { factorMethods } from '../multifactor/session-factors.ts';
import { timestamp } from './connection-acr.ts';
import type { LoginKind, UserLogin } from './login-progress.ts';
import { originalRequest, wordsOf } from './original-request.ts';
import type { PassedFactor } from './suspended-login.ts';

/** Parameters that Actions never see. */
const SECRET_PARAMETERS = new Set([
  'password',
  'client_secret',
  'client_assertion',
  'refresh_token',
  'code',
  'code_verifier',
  'otp',
]);

/**
 * A login in the form that the post-login trigger takes.
 *
 * @example
 * const outcome = await trigger.run(transactionOf(login));
 */
export function transactionOf(login: Readonly<UserLogin>): LoginTransaction {
  const { tenant, ctx, client, user, connection, organization, api, session, requestedScopes } = login;
  const isBrowser = session !== undefined;
  const parameters = isBrowser ? originalRequest(ctx.oidc.params) : {};
  const redirectUri = isBrowser ? (ctx.oidc.params?.redirect_uri ?? parameters.redirect_uri) : undefined;
  const request = requestOf(login, parameters);
  const sessionOfLogin = sessionFacts(login);
  const refreshToken = refreshTokenFacts(login);
  return {
    id: login.transactionId,
    user,
    client,
    connection,
    request,
    protocol: PROTOCOLS[login.kind] ?? protocolOf(parameters.response_type),
    requestedScopes,
    authenticationMethods: authenticationMethods(login),
    ...(typeof redirectUri === 'string' && { redirectUri }),
    responseType: wordsOf(parameters.response_type),
    ...(parameters.response_mode === undefined ? {} : { responseMode: parameters.response_mode }),
    prompt: wordsOf(parameters.prompt),
    ...(parameters.state === undefined ? {} : { state: parameters.state }),
    acrValues: wordsOf(parameters.acr_values),
    uiLocales: wordsOf(parameters.ui_locales),
    ...(parameters.login_hint === undefined ? {} : { loginHint: parameters.login_hint }),
    locale: localeOf(parameters, request.language),
    ...(organization === undefined ? {} : { organization }),
    ...(api === undefined ? {} : { resourceServer: api.identifier }),
    ...(sessionOfLogin === undefined ? {} : { session: sessionOfLogin }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(tenant.customDomain === undefined ? {} : { customDomain: tenant.customDomain }),
  };
}

/** The protocols of the kinds of login that have no authorization request. */
const PROTOCOLS: Readonly<Partial<Record<LoginKind, LoginProtocol>>> = {
  password: 'oauth2-password',
  refresh: 'oauth2-refresh-token',
};

/**
 * The request as Actions see it, without its secrets. That of a login in a browser is its authorization request; but the query and
 * the body of `/continue` are for the Action that redirected the browser.
 *
 * @see Auth0 docs: "Post-login event object", `event.request`.
 */
function requestOf(
  { request: facts, session, continues }: Readonly<UserLogin>,
  parameters: Readonly<Record<string, string>>,
): LoginRequest {
  const isOriginal = session !== undefined && continues?.waitsFor !== 'redirect';
  return {
    ip: facts.ip,
    method: isOriginal ? 'GET' : facts.method,
    hostname: facts.hostname,
    query: withoutSecrets(isOriginal ? parameters : facts.query),
    body: withoutSecrets(isOriginal ? {} : Object.fromEntries(facts.form)),
    ...(facts.userAgent === undefined ? {} : { userAgent: facts.userAgent }),
    ...(facts.language === undefined ? {} : { language: facts.language }),
  };
}

function authenticationMethods(login: Readonly<UserLogin>): LoginTransaction['authenticationMethods'] {
  const { tenant, ctx, session, refreshToken, authTime, passed } = login;
  if (session !== undefined) {
    const methods = (session.amr ?? []).map((name) => ({ name, timestamp: timestamp(session.loginTs) }));
    return [...methods, ...factorMethods(tenant.store, session)];
  }
  if (refreshToken !== undefined) {
    const methods = (refreshToken.amr ?? []).map((name) => ({ name, timestamp: timestamp(refreshToken.authTime) }));
    return [...methods, ...(tenant.grants.find(ctx.oidc.grant?.jti)?.factors ?? [])];
  }
  return [{ name: 'pwd', timestamp: timestamp(authTime) }, ...factorMethodsOf(passed)];
}

/** Passed factors as Actions and tokens show them. */
export function factorMethodsOf(passed: readonly PassedFactor[]): LoginTransaction['authenticationMethods'] {
  return passed.map(({ type, at }) => ({ name: 'mfa', timestamp: at, type }));
}

/** The browser's session, or the one in which the refresh token was issued if it still exists. */
function sessionFacts({ tenant, ctx, session, refreshToken }: Readonly<UserLogin>): LoginTransaction['session'] {
  if (session !== undefined) {
    return {
      id: session.uid,
      createdAt: timestamp(session.iat),
      authenticatedAt: timestamp(session.loginTs),
      signedIn: ctx.oidc.result?.login !== undefined,
    };
  }
  const id = refreshToken?.sessionUid;
  const stored = id === undefined ? undefined : tenant.store.artifacts.findByUid('Session', id);
  if (id === undefined || stored === undefined) return undefined;
  const authenticatedAt = timestamp(refreshToken?.authTime);
  return { id, createdAt: timestamp(Number(stored.iat)), authenticatedAt, signedIn: false };
}

function refreshTokenFacts({ client, refreshToken: token }: Readonly<UserLogin>): LoginTransaction['refreshToken'] {
  if (token === undefined) return undefined;
  return {
    // A digest, not the token itself, which every reader of the event could use.
    id: createHash('sha256').update(token.jti).digest('base64url').slice(0, 22),
    createdAt: timestamp(token.iiat),
    ...(client.refresh_token.expiration_type === 'expiring' ? { expiresAt: timestamp(token.exp) } : {}),
  };
}

/** The language of a login: the application's choice, or else the browser's. */
export function localeOf({ ui_locales }: Readonly<Record<string, string>>, language: string | undefined): string {
  return wordsOf(ui_locales)[0] ?? language?.split('-')[0] ?? 'en';
}

/** The protocol of an authorization request, from its response type. */
export function protocolOf(responseType: string | undefined): LoginProtocol {
  const types = wordsOf(responseType);
  if (!types.includes('code')) return 'oidc-implicit-profile';
  return types.length === 1 ? 'oidc-basic-profile' : 'oidc-hybrid-profile';
}

function withoutSecrets(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !SECRET_PARAMETERS.has(name)));
}
