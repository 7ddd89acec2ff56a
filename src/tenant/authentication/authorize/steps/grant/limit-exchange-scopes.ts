import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { grantedScopes } from '../../../tokens/api-audience.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, type StepResult } from '../../login-step.ts';

/** The scopes of the token: those that the Actions set instead, as far as the application's client grant has them. */
export function limitExchangeScopes({
  tenant,
  ctx,
  api,
  exchange,
  scopes: before,
}: Readonly<LoginProgress>): StepResult {
  if (api === undefined) return proceed();
  const granted =
    exchange?.targetScopes && new Set(grantedScopes(tenant.store, clientRecordOf(ctx.oidc.client), api, []));
  const scopes = granted === undefined ? before : (exchange?.targetScopes ?? []).filter((scope) => granted.has(scope));
  const scope = scopes.join(' ');
  if (ctx.oidc.params !== undefined) ctx.oidc.params.scope = scope === '' ? undefined : scope;
  return proceed({ scopes, scope });
}
