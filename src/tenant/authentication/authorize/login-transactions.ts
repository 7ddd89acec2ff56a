import { randomBytes } from 'node:crypto';
import type { LoginProtocol, LoginRequest, LoginTransaction } from '../../actions/run/login-transaction.ts';
import type { ClientRecord } from '../../store/records/applications/client-repository.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { OrganizationRecord } from '../../store/records/organizations/organization-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { RequestInfo } from '../http/web-context.ts';
import { wordsOf } from './original-request.ts';

/** Parameters that an Action has no business with. */
const SECRET = new Set([
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
 * The request as Actions see it, less what is secret.
 *
 * @param query what stands for the request's own query: at a login, the authorization request's.
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

/** What every kind of login has in common. */
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
 * A login as the post-login trigger takes it.
 *
 * @param asked the authorization request's parameters; empty for a grant that had none.
 * @example
 * const outcome = await postLogin.run(loginTransaction(parts, original));
 */
export function loginTransaction(parts: TransactionParts, asked: Readonly<Record<string, string>>): LoginTransaction {
  const { organization, resourceServer, session, refreshToken, customDomain, ...rest } = parts;
  return {
    ...rest,
    ...(asked.redirect_uri === undefined ? {} : { redirectUri: asked.redirect_uri }),
    responseType: wordsOf(asked.response_type),
    ...(asked.response_mode === undefined ? {} : { responseMode: asked.response_mode }),
    prompt: wordsOf(asked.prompt),
    ...(asked.state === undefined ? {} : { state: asked.state }),
    acrValues: wordsOf(asked.acr_values),
    uiLocales: wordsOf(asked.ui_locales),
    ...(asked.login_hint === undefined ? {} : { loginHint: asked.login_hint }),
    locale: localeOf(asked, parts.request.language),
    ...(organization === undefined ? {} : { organization }),
    ...(resourceServer === undefined ? {} : { resourceServer }),
    ...(session === undefined ? {} : { session }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(customDomain === undefined ? {} : { customDomain }),
  };
}

/** The language of a login: the application's choice before the browser's. */
export function localeOf({ ui_locales }: Readonly<Record<string, string>>, language: string | undefined): string {
  return wordsOf(ui_locales)[0] ?? language?.split('-')[0] ?? 'en';
}

/** The protocol of an authorization request, by what it asks to be answered. */
export function protocolOf(responseType: string | undefined): LoginProtocol {
  const types = wordsOf(responseType);
  if (!types.includes('code')) return 'oidc-implicit-profile';
  return types.length === 1 ? 'oidc-basic-profile' : 'oidc-hybrid-profile';
}

function withoutSecrets(parameters: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => !SECRET.has(name)));
}
