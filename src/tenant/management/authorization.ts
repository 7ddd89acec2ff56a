import { ApiError } from './http/api-error.ts';

/** The caller, by its access token. */
export interface Caller {
  readonly clientId: string;
  readonly subject: string;
  readonly scopes: readonly string[];
}

/** Throws on any fault of a token. */
export type VerifyAccessToken = (token: string) => Promise<{ clientId: string; subject: string; scopes: string[] }>;

/** Any one of the scopes is enough, or all of them are needed. */
export type RequiredScopes = { readonly anyOf: readonly string[] } | { readonly allOf: readonly string[] };

/**
 * Identifies the caller of a request.
 *
 * @param header the `Authorization` header
 * @throws ApiError 400 if it is not a bearer token, 401 if there is none or it is not valid
 * @example
 * const caller = await authenticate(context.req.header('authorization'), verifyAccessToken);
 */
export async function authenticate(header: string | undefined, verify: VerifyAccessToken): Promise<Caller> {
  if (header === undefined || header === '') throw unauthorized('Missing authentication');
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  // A JSON Web Token has three parts; anything else never reaches the signature check.
  if (token === undefined || token.split('.').length !== 3) {
    throw new ApiError(400, 'Bad HTTP authentication header format', 'Bearer');
  }
  try {
    return await verify(token);
  } catch (error) {
    throw unauthorized(reasonOf(error, token));
  }
}

/**
 * @throws ApiError 403 `insufficient_scope`
 * @example
 * requireScopes(caller, { anyOf: ['update:roles', 'create:role_members'] });
 */
export function requireScopes(caller: Caller, required: RequiredScopes): void {
  const holds = (scope: string) => caller.scopes.includes(scope);
  if ('anyOf' in required) {
    if (required.anyOf.some(holds)) return;
    throw insufficientScope(`any of: ${required.anyOf.join(',')}`);
  }
  if (required.allOf.every(holds)) return;
  throw insufficientScope(`all of: ${required.allOf.join(',')}`);
}

/**
 * Members of a body that need a scope of their own, in addition to the operation's.
 *
 * @param scopesOf scopes of a member; any of them is enough
 * @throws ApiError 403 `insufficient_scope`
 * @example
 * requireMemberScopes(caller, { app_metadata: {} }, () => ['update:users', 'update:users_app_metadata']);
 */
export function requireMemberScopes(
  caller: Caller,
  body: object,
  scopesOf: (member: string) => readonly string[],
): void {
  for (const member of Object.keys(body)) requireScopes(caller, { anyOf: scopesOf(member) });
}

/**
 * Scopes such as `read:current_user` reach only the user of the token.
 *
 * @param userId user that the operation concerns
 * @throws ApiError 403
 * @see Auth0 docs: "Get Management API Access Tokens for Single-Page Applications"
 */
export function requireOwnUser(caller: Caller, required: RequiredScopes, userId: string): void {
  if (!('anyOf' in required) || caller.subject === userId) return;
  const forAnyUser = required.anyOf.filter((scope) => !scope.includes(':current_user'));
  if (forAnyUser.some((scope) => caller.scopes.includes(scope))) return;
  throw new ApiError(403, 'User to be acted on does not match subject in bearer token.', 'insufficient_scope');
}

function insufficientScope(expected: string): ApiError {
  return new ApiError(403, `Insufficient scope, expected ${expected}`, 'insufficient_scope');
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, message, undefined, { attributes: { error: message } });
}

/** The codes are those of the tenant's own check and of `jose`. Other reasons are not reported. */
function reasonOf(error: unknown, token: string): string {
  const { code, claim } = error as { code?: unknown; claim?: unknown };
  if (code === 'expired_token' || code === 'ERR_JWT_EXPIRED') {
    return 'Expired token received for JSON Web Token validation';
  }
  if (code === 'bad_signature' || code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED') {
    return 'Invalid signature received for JSON Web Token validation';
  }
  if (code === 'bad_audience' || (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED' && claim === 'aud')) {
    return `Bad audience: ${audienceOf(token)}`;
  }
  return 'Invalid token';
}

function audienceOf(token: string): string {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const audience = (payload as { aud?: unknown }).aud;
    return [audience].flat().slice(0, 5).map(String).join(',').slice(0, 300);
  } catch {
    return '';
  }
}
