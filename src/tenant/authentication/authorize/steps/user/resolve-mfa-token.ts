import { errors } from 'oidc-provider';
import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { findApi } from '../../../tokens/api-audience.ts';
import { findWaitingLogin } from '../../../tokens/mfa-tokens.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/** The `mfa_token` is that of a login of this application, whose user still has the same password. */
export function resolveMfaToken({ tenant, code, ctx }: Readonly<LoginProgress>): StepResult {
  const { store } = tenant;
  const waiting = findWaitingLogin(store, code?.token ?? '', clientRecordOf(ctx.oidc.client).client_id);
  const user = waiting && store.users.find(waiting.accountId);
  const connection = waiting && store.connections.find(waiting.connectionId);
  const malformed = new errors.CustomOIDCProviderError('invalid_grant', 'Malformed mfa_token');
  if (waiting === undefined || user === undefined || connection === undefined) return refuse(malformed);
  const { indicator, executions, authTime, requestedScopes, scopes, passed, met } = waiting;
  const api = indicator === undefined ? undefined : findApi(store, indicator);
  const learned = {
    ...{ user, connection, api, indicator, executions, authTime, requestedScopes, scopes, passed, met },
    ...(api !== undefined && { audience: api.identifier }),
    continues: waiting,
  };
  return user.last_password_reset === waiting.lastPasswordReset ? proceed(learned) : refuse(malformed, learned);
}
