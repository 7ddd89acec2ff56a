import { randomBytes } from 'node:crypto';
import type { LoginProtocol, LoginRequest, LoginTransaction } from '../../actions/run/login-transaction.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { RequestInfo } from '../http/web-context.ts';
import { wordsOf } from './original-request.ts';

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

export function newTransactionId(): string {
  return randomBytes(18).toString('base64url');
}

/**
 * The request as Actions see it, without its secrets.
 *
 * @param query the query to show as the request's own: at a login, that of the authorization request.
 * @example
 * loginRequest(facts, facts.query, {});
 * @see Auth0 docs: "Post-login event object", `event.request`.
 */
export function loginRequest(
  facts: RequestInfo,
  query: Readonly<Record<string, string>>,
  body: Readonly<Record<string, string>>,
): LoginRequest {
  return {
    ip: facts.ip,
    method: facts.method,
    hostname: facts.hostname,
    query: withoutSecrets(query),
    body: withoutSecrets(body),
    ...(facts.userAgent === undefined ? {} : { userAgent: facts.userAgent }),
    ...(facts.language === undefined ? {} : { language: facts.language }),
  };
}

/** The members that every kind of login has. */
export interface TransactionParts {
  readonly id: string;
  readonly user: UserRecord;
  readonly client: ClientRecord;
  readonly connection: ConnectionRecord;
  readonly request: LoginRequest;
  readonly protocol: LoginProtocol;
  readonly requestedScopes: readonly string[];
  readonly authenticationMethods: LoginTransaction['authenticationMethods'];
  readonly organization?: OrganizationRecord | undefined;
  readonly resourceServer?: string | undefined;
  readonly session?: LoginTransaction['session'];
  readonly refreshToken?: LoginTransaction['refreshToken'];
  readonly customDomain?: string | undefined;
}

/**
 * A login in the form that the post-login trigger takes.
 *
 * @param parameters the parameters of the authorization request; empty for a grant without one.
 * @example
 * const outcome = await postLogin.run(loginTransaction(parts, original));
 */
export function loginTransaction(
  parts: TransactionParts,
  parameters: Readonly<Record<string, string>>,
): LoginTransaction {
  const { organization, resourceServer, session, refreshToken, customDomain, ...rest } = parts;
  return {
    ...rest,
    ...(parameters.redirect_uri === undefined ? {} : { redirectUri: parameters.redirect_uri }),
    responseType: wordsOf(parameters.response_type),
    ...(parameters.response_mode === undefined ? {} : { responseMode: parameters.response_mode }),
    prompt: wordsOf(parameters.prompt),
    ...(parameters.state === undefined ? {} : { state: parameters.state }),
    acrValues: wordsOf(parameters.acr_values),
    uiLocales: wordsOf(parameters.ui_locales),
    ...(parameters.login_hint === undefined ? {} : { loginHint: parameters.login_hint }),
    locale: localeOf(parameters, parts.request.language),
    ...(organization === undefined ? {} : { organization }),
    ...(resourceServer === undefined ? {} : { resourceServer }),
    ...(session === undefined ? {} : { session }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(customDomain === undefined ? {} : { customDomain }),
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
