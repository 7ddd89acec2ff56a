import { errors } from 'oidc-provider';
import { THROTTLED } from '../../../accounts/attack-protection/address-throttle.ts';
import { type SignInRefusal, signInWithPassword, tooManyAttempts } from '../../../accounts/password-sign-in.ts';
import { authenticationSettings } from '../../../provider/authentication-settings.ts';
import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { type LoginProgress, newTransactionId } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/** The password is right. A wrong one is logged where it is checked. */
export async function checkPassword({ tenant, request, ctx }: Readonly<LoginProgress>): Promise<StepResult> {
  const { username, password, realm } = ctx.oidc.params ?? {};
  const connection = textOf(realm) ?? authenticationSettings(tenant.store).defaultDirectory;
  const result = await signInWithPassword(tenant, {
    client: clientRecordOf(ctx.oidc.client),
    username: textOf(username) ?? '',
    password: textOf(password) ?? '',
    ip: request.ip,
    hostname: request.hostname,
    ...(connection === undefined ? {} : { connection }),
    ...(request.userAgent === undefined ? {} : { userAgent: request.userAgent }),
  });
  if (!result.ok) return refuse(refusal(result.reason), { logged: true });
  return proceed({
    user: result.user,
    connection: result.connection,
    authTime: Math.floor(Date.now() / 1000),
    transactionId: newTransactionId(),
  });
}

function refusal(reason: SignInRefusal): Error {
  switch (reason) {
    case 'wrong_password':
    case 'unknown_user':
      return new errors.CustomOIDCProviderError('invalid_grant', 'Wrong email or password.');
    case 'blocked':
      return new errors.CustomOIDCProviderError('unauthorized', 'user is blocked');
    case 'too_many_attempts':
      return new errors.CustomOIDCProviderError('too_many_attempts', tooManyAttempts);
    case 'suspicious_address':
      return new errors.CustomOIDCProviderError('too_many_attempts', THROTTLED.message);
    case 'no_connection':
      return new errors.InvalidRequest('Authorization server not configured with default connection.');
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
