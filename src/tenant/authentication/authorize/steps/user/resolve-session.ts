import { errors } from 'oidc-provider';
import { clientRecordOf } from '../../../provider/tenant-client.ts';
import { connectionOfAcr } from '../../connection-acr.ts';
import type { LoginProgress } from '../../login-progress.ts';
import { proceed, refuse, type StepResult } from '../../login-step.ts';
import { originalRequest, wordsOf } from '../../original-request.ts';

/** The session's user and connection exist. */
export function resolveSession({ tenant, ctx: { oidc } }: Readonly<LoginProgress>): StepResult {
  const { store } = tenant;
  const { session } = oidc;
  const client = clientRecordOf(oidc.client);
  const user = session?.accountId === undefined ? undefined : store.users.find(session.accountId);
  const connectionId = connectionOfAcr(session?.acr);
  const connection = connectionId === undefined ? undefined : store.connections.find(connectionId);
  if (session === undefined || user === undefined || connection === undefined) {
    return refuse(new errors.AccessDenied('The user or the connection of this login is gone.'));
  }
  // Auth0 has one `sid` for a session in all applications.
  session.sidFor(client.client_id, session.uid);
  const requestedScopes = wordsOf(originalRequest(oidc.params).scope);
  return proceed({ user, connection, session, sessionId: session.uid, requestedScopes });
}
