import { errors, type ResponseType } from 'oidc-provider';
import { callbackAllowed } from '../../../provider/callback-url.ts';
import { type LoginProgress, userLogin } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { organizationUrls } from '../../organizations/organization.ts';
import { originalRequest } from '../../original-request.ts';

/** The callback URL is still allowed. The library checks it when a login begins, which may be an hour ago. */
export function checkCallback(login: Readonly<LoginProgress>): StepResult {
  const { tenant, client, ctx } = userLogin(login);
  const { redirect_uri, response_type } = ctx.oidc.params ?? {};
  const { organization } = originalRequest(ctx.oidc.params);
  const allowed = organizationUrls(tenant.store, client, client.callbacks, organization);
  if (!callbackAllowed(allowed, String(redirect_uri))) return refuse(new errors.InvalidRedirectUri());
  ctx.oidc.client?.responseTypeAllowed(response_type as ResponseType);
  return proceed();
}
