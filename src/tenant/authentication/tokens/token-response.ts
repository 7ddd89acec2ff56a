import { errors } from 'oidc-provider';
import { loginProgress } from '../authorize/login-progress.ts';
import type { WebContext } from '../http/web-context.ts';
import { isMfaGrant, OTP_GRANT, RECOVERY_GRANT } from './mfa-grants.ts';
import { MfaRequired } from './mfa-tokens.ts';

/** An error of the token endpoint, in Auth0's words. */
export interface TokenError {
  readonly status: 400 | 401 | 403 | 429 | 500;
  readonly error: string;
  readonly error_description: string;
  readonly error_uri?: string;
  readonly mfa_token?: string;
}

/**
 * The token endpoint's answer to a failure. Auth0 answers 403 instead of OAuth's 400, and does not say why a code or a
 * refresh token is invalid.
 *
 * @param error the error that the library or a grant of the tenant has thrown.
 * @param parameters the parameters of the request.
 * @example
 * tokenError(new errors.InvalidGrant(), form); // { status: 403, error: 'invalid_grant', … }
 * @see Auth0 docs: "Get Token" (Authentication API).
 */
export function tokenError(error: Error, parameters: URLSearchParams): TokenError {
  const grantType = parameters.get('grant_type') ?? '';
  if (!(error instanceof errors.OIDCProviderError) || !error.expose) {
    return { status: 500, error: 'server_error', error_description: 'Internal error' };
  }
  const description = error.error_description ?? '';
  switch (error.error) {
    case 'invalid_client':
      return unauthorized;
    case 'invalid_grant':
      return { status: 403, error: 'invalid_grant', error_description: invalidGrant(error, grantType) };
    case 'unsupported_grant_type':
      return {
        status: 403,
        error: 'unsupported_grant_type',
        error_description: `Unsupported grant type: ${grantType}`,
      };
    case 'access_denied':
    case 'unauthorized':
      return { status: 403, error: error.error, error_description: description };
    case 'mfa_required': {
      const token = error instanceof MfaRequired ? { mfa_token: error.mfaToken } : {};
      return { status: 403, error: error.error, error_description: description, ...token };
    }
    case 'too_many_attempts':
      return { status: 429, error: error.error, error_description: description };
    case 'invalid_request':
      return invalidRequest(description, grantType);
    default:
      return { status: 400, error: error.error, error_description: description };
  }
}

const unauthorized: TokenError = { status: 401, error: 'access_denied', error_description: 'Unauthorized' };

function invalidGrant(error: errors.OIDCProviderError, grantType: string): string {
  if (grantType === 'refresh_token') return 'Unknown or invalid refresh token.';
  if (grantType !== 'authorization_code') return error.error_description ?? 'Invalid grant.';
  const detail = error.error_detail ?? '';
  if (/code_verifier|code_challenge/.test(detail)) return 'Failed to verify code verifier';
  if (/redirect_uri mismatch/.test(detail)) return 'The redirect URI is not the one that the code was issued for.';
  return 'Invalid authorization code';
}

function invalidRequest(description: string, grantType: string): TokenError {
  if (description === 'no client authentication mechanism provided') return unauthorized;
  if (description === 'requested grant type is not allowed for this client') {
    return {
      status: 403,
      error: 'unauthorized_client',
      error_description: `Grant type '${grantType}' not allowed for the client.`,
      error_uri: 'https://auth0.com/docs/clients/client-grant-types',
    };
  }
  if (/code_verifier/.test(description)) {
    return { status: 403, error: 'invalid_grant', error_description: 'Failed to verify code verifier' };
  }
  const missing = /^missing required parameters? '?([A-Za-z_]+)/.exec(description)?.[1];
  return {
    status: 400,
    error: 'invalid_request',
    error_description: missing === undefined ? description : `Missing required parameter: ${missing}`,
  };
}

/**
 * Replaces the library's answer, a success or a failure, with Auth0's.
 *
 * @example
 * await next();
 * applyAuth0Response(ctx, parameters);
 */
export function applyAuth0Response(ctx: WebContext, parameters: URLSearchParams): void {
  ctx.set('cache-control', 'no-store');
  ctx.set('pragma', 'no-cache');
  const { failure, scope } = loginProgress(ctx);
  if (failure !== undefined) {
    const { status, ...body } = tokenError(failure, parameters);
    ctx.status = status;
    ctx.body = body;
    return;
  }
  const body = ctx.body as Record<string, unknown> | undefined;
  if (ctx.status !== 200 || typeof body?.access_token !== 'string') return;
  const { access_token, refresh_token, id_token, expires_in, recovery_code } = body;
  ctx.body = {
    access_token,
    ...(refresh_token === undefined ? {} : { refresh_token }),
    ...(id_token === undefined ? {} : { id_token }),
    ...(scope === undefined || scope === '' ? {} : { scope }),
    expires_in,
    token_type: 'Bearer',
    ...(recovery_code === undefined ? {} : { recovery_code }),
  };
}

/** The log event type of an exchange, such as `seacft` for a success and `feacft` for a failure. */
export function exchangeLogType(grantType: string | null, succeeded: boolean, knowsClient = true): string | undefined {
  // The schemas of these types require an application.
  if (!knowsClient && isMfaGrant(grantType)) return undefined;
  const kind = {
    authorization_code: 'eacft',
    client_credentials: 'eccft',
    refresh_token: 'ertft',
    password: 'epft',
    [OTP_GRANT]: 'eotpft',
    [RECOVERY_GRANT]: 'ercft',
  };
  const name = grantType === 'http://auth0.com/oauth/grant-type/password-realm' ? 'password' : grantType;
  const found = Object.entries(kind).find(([type]) => type === name)?.[1];
  return found === undefined ? undefined : `${succeeded ? 's' : 'f'}${found}`;
}
