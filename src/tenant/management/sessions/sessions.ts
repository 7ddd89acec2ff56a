import type { Management } from 'auth0';
import { endSession, keepSessionMetadata } from '../../sessions/session-store.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Artifact } from '../../store/records/tokens/artifact-repository.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import { listAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findUser } from '../users/users.ts';
import { removeRefreshTokens } from './refresh-tokens.ts';
import { sessionAnswer } from './session-answer.ts';

/** Browser sessions: `/sessions`, `/users/{id}/sessions`. */
export function sessionOperations({ store }: ManagementDependencies): Operation[] {
  const refreshTokensOf = (userId: string, sessionId?: string) =>
    store.artifacts
      .listByAccount('RefreshToken', userId)
      .filter(({ payload }) => sessionId === undefined || payload.sessionUid === sessionId);
  return effectiveOperations(
    { store },
    {
      'GET /users/{user_id}/sessions': {
        handle: (call) => {
          const { user_id } = findUser(store, pathParameter(call, 'user_id'));
          const sessions = sessionsOf(store, user_id);
          const read = pagesOf(sessions, ({ sequence }) => sequence);
          return listAnswer('sessions', { take: 50, ...call.query }, read, (session) => sessionAnswer(store, session));
        },
      },
      'DELETE /users/{user_id}/sessions': {
        description: 'Delete sessions of a user',
        handle: (call) => {
          const { user_id } = findUser(store, pathParameter(call, 'user_id'));
          for (const session of sessionsOf(store, user_id)) endSession(store, String(session.payload.uid));
        },
      },
      'GET /sessions/{id}': { handle: (call) => sessionAnswer(store, findSession(store, pathParameter(call, 'id'))) },
      'PATCH /sessions/{id}': {
        description: 'Update a session',
        handle: (call: Call<{ readonly session_metadata?: JsonObject | null }>) => {
          const session = findSession(store, pathParameter(call, 'id'));
          const id = String(session.payload.uid);
          const { session_metadata } = call.body;
          if (session_metadata !== undefined) {
            keepSessionMetadata(store, id, String(session.payload.accountId), session_metadata);
          }
          return sessionAnswer(store, session);
        },
      },
      'DELETE /sessions/{id}': {
        description: 'Delete a session',
        handle: (call) => endSession(store, pathParameter(call, 'id')),
      },
      'POST /sessions/{id}/revoke': {
        scopes: { anyOf: ['delete:sessions'] },
        description: 'Revoke a session',
        handle: (call) => {
          const { payload } = findSession(store, pathParameter(call, 'id'));
          const id = String(payload.uid);
          call.events.push(...removeRefreshTokens(store, refreshTokensOf(String(payload.accountId), id)));
          endSession(store, id);
        },
      },
      'POST /users/{id}/revoke-access': {
        scopes: { anyOf: ['delete:sessions'] },
        description: 'Revoke access of a user',
        handle: (call: Call<Management.RevokeUserAccessRequestContent>) => {
          const { user_id } = findUser(store, pathParameter(call, 'id'));
          const { session_id, preserve_refresh_tokens } = call.body;
          const tokens = preserve_refresh_tokens === true ? [] : refreshTokensOf(user_id, session_id);
          call.events.push(...removeRefreshTokens(store, tokens));
          for (const { payload } of sessionsOf(store, user_id)) {
            if (session_id === undefined || payload.uid === session_id) endSession(store, String(payload.uid));
          }
        },
      },
    },
  );
}

/** One row for each session: concurrent requests may each have given it a new identifier. */
function sessionsOf(store: Store, userId: string): Artifact[] {
  const rows = store.artifacts.listByAccount('Session', userId);
  return [...new Map(rows.map((row) => [row.payload.uid, row])).values()];
}

function findSession(store: Store, id: string): Artifact {
  const payload = store.artifacts.findByUid('Session', id);
  const found =
    typeof payload?.accountId === 'string'
      ? sessionsOf(store, payload.accountId).find((session) => session.payload.uid === id)
      : undefined;
  if (found === undefined) throw notFound('The session does not exist.', 'inexistent_session');
  return found;
}
