import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { connectionOfAcr } from '../../connection-acr.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, type StepResult, suspend } from '../../login-step.ts';
import { servesOrganization } from '../../organizations/organization.ts';
import { originalRequest } from '../../original-request.ts';

/** The browser has a session that is good enough for the request. If it has none, the user signs in on the login page. */
export function requireSignIn(login: Readonly<LoginProgress>): StepResult {
  const { ctx } = login;
  const isAsked = ctx.oidc.prompts.has('login') && ctx.oidc.promptPending('login');
  const needsSignIn =
    isAsked || hasNoUser(login) || isAnotherUser(login) || isTooOld(login) || needsAnotherConnection(login);
  return needsSignIn ? suspend({ waitsFor: 'sign-in' }) : proceed();
}

/** Whether the session has no user, or its user has been deleted. */
function hasNoUser({ ctx: { oidc } }: Readonly<LoginProgress>): boolean {
  return oidc.session?.accountId === undefined || oidc.account === undefined;
}

/** Whether the session's user is not the one of the ID token that the application sent along as a hint. */
function isAnotherUser({ ctx: { oidc } }: Readonly<LoginProgress>): boolean {
  const hint = oidc.entities.IdTokenHint as unknown as { readonly payload: { readonly sub?: string } } | undefined;
  return hint !== undefined && hint.payload.sub !== oidc.session?.accountId;
}

function isTooOld({ ctx: { oidc } }: Readonly<LoginProgress>): boolean {
  const maxAge = originalRequest(oidc.params).max_age;
  if (maxAge === undefined || maxAge === '' || oidc.result?.login !== undefined) return false;
  const seconds = Number(maxAge);
  return !Number.isSafeInteger(seconds) || seconds <= 0 || oidc.session?.past(seconds) !== false;
}

/** Whether the session's connection is not enabled for the application, or is not the requested one. */
function needsAnotherConnection({ tenant, organization, ctx: { oidc } }: Readonly<LoginProgress>): boolean {
  if (oidc.result?.login !== undefined) return false;
  const client = clientRecordOf(oidc.client);
  const connectionId = connectionOfAcr(oidc.session?.acr);
  const connection = connectionId === undefined ? undefined : tenant.store.connections.find(connectionId);
  if (connection === undefined || !connection.enabled_clients.includes(client.client_id)) return true;
  if (!servesOrganization(organization, connection)) return true;
  const requested = originalRequest(oidc.params).connection || undefined;
  return requested !== undefined && requested !== connection.name;
}
