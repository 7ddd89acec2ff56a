import { errors } from 'oidc-provider';
import { audienceOf, findApi } from '../../../tokens/api-audience.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';

/** The API that the access token is for. The library has already checked that of an authorization request. */
export function findApiOfRequest({ tenant, kind, indicator }: Readonly<LoginProgress>): StepResult {
  if (indicator === undefined) return proceed({ api: undefined });
  const api = findApi(tenant.store, indicator);
  if (api === undefined && kind === 'password') {
    return refuse(new errors.AccessDenied(`Service not found: ${audienceOf(indicator) ?? ''}`));
  }
  if (api === undefined && kind === 'machine') {
    return refuse(new errors.AccessDenied(`Service not enabled within domain: ${audienceOf(indicator) ?? indicator}`));
  }
  return proceed({ api, ...(kind === 'password' && api !== undefined && { audience: api.identifier }) });
}
