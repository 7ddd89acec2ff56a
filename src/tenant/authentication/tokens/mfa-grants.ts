import type Provider from 'oidc-provider';
import { errors, type TokenEndpointGrantContext } from 'oidc-provider';
import { loginProgress } from '../authorize/login-progress.ts';
import { completePasswordLogin } from './password-grant.ts';

export const OTP_GRANT = 'http://auth0.com/oauth/grant-type/mfa-otp';
export const RECOVERY_GRANT = 'http://auth0.com/oauth/grant-type/mfa-recovery-code';

interface Parameters {
  readonly mfa_token?: string;
  readonly otp?: string;
  readonly recovery_code?: string;
  readonly scope?: string;
}

type Context = TokenEndpointGrantContext<Parameters>;

/** Whether the grant type is one of the two. */
export function isMfaGrant(grantType: string | null): boolean {
  return grantType === OTP_GRANT || grantType === RECOVERY_GRANT;
}

/** The factor and parameter of each grant, and Auth0's message for a wrong code. */
const GRANTS = {
  [OTP_GRANT]: { factor: 'otp', parameter: 'otp', wrong: 'Invalid otp_code.' },
  [RECOVERY_GRANT]: { factor: 'recovery-code', parameter: 'recovery_code', wrong: 'Invalid recovery code.' },
} as const;

/**
 * Registers the grants that continue a password login after `mfa_required`: a one-time password of an authenticator app,
 * or a recovery code. The `mfa_token` of the refusal can be used once.
 *
 * @example
 * installMfaGrants(provider);
 * @see Auth0 docs: "Authenticate Using the Resource Owner Password Flow with MFA"; "Verify with one-time password (OTP)".
 */
export function installMfaGrants(provider: Provider): void {
  for (const [grantType, grant] of Object.entries(GRANTS)) {
    const handler = (ctx: Context) => exchangeCode(ctx, grant);
    provider.registerGrantType<Parameters>(grantType, handler, ['mfa_token', grant.parameter, 'scope']);
  }
}

async function exchangeCode(
  ctx: Context,
  { factor, parameter, wrong }: (typeof GRANTS)[keyof typeof GRANTS],
): Promise<void> {
  const { params } = ctx.oidc;
  for (const name of ['mfa_token', parameter] as const) {
    if (!params[name]) throw new errors.InvalidRequest(`missing required parameter '${name}'`);
  }
  loginProgress(ctx).code = { token: params.mfa_token ?? '', factor, value: params[parameter] ?? '', wrong };
  await completePasswordLogin(ctx);
}
