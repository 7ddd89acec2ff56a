import { errors } from 'oidc-provider';
import { clientRecordOf } from '../../../provider/tenant-client.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { originalRequest } from '../../original-request.ts';

/** The connection that the application names is enabled for it. */
export function checkConnection({ tenant, ctx: { oidc } }: Readonly<LoginProgress>): StepResult {
  const requested = originalRequest(oidc.params).connection || undefined;
  if (requested === undefined) return proceed();
  const found = tenant.store.connections.findByName(requested);
  if (found?.enabled_clients.includes(clientRecordOf(oidc.client).client_id)) return proceed();
  return refuse(new errors.InvalidRequest('the connection was not enabled'));
}
