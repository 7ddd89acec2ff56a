import { errors } from 'oidc-provider';
import { connectionOfAcr } from '../../connection-acr.ts';
import { type LoginProgress, newTransactionId } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { wordsOf } from '../../original-request.ts';

/** The user and the connection of the refresh token exist. Its grant names the organization and the factors of the login. */
export function resolveRefreshToken({ tenant, ctx: { oidc } }: Readonly<LoginProgress>): StepResult {
  const { store, grants } = tenant;
  const token = oidc.refreshToken;
  const user = token && store.users.find(token.accountId);
  const connectionId = connectionOfAcr(token?.acr);
  const connection = connectionId === undefined ? undefined : store.connections.find(connectionId);
  if (token === undefined || user === undefined || connection === undefined) {
    return refuse(new errors.InvalidGrant({ detail: 'the user is gone' }));
  }
  const organizationId = grants.find(oidc.grant?.jti)?.organizationId;
  const scope = oidc.params?.scope;
  return proceed({
    user,
    connection,
    organizationId,
    organization: organizationId === undefined ? undefined : store.organizations.find(organizationId),
    refreshToken: token,
    requestedScopes: typeof scope === 'string' ? wordsOf(scope) : [...token.scopes],
    transactionId: newTransactionId(),
  });
}
