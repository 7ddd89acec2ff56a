import { z } from 'zod';
import { endSession, keepSessionMetadata } from '../../sessions/session-store.ts';
import type { Paging } from '../../store/paging.ts';
import type { Artifact } from '../../store/records/tokens/artifact-repository.ts';
import type { Store } from '../../store/store.ts';
import { notFound } from '../http/api-error.ts';
import { bodyOf, limitedMetadata, notEmpty } from '../http/body-schemas.ts';
import { checkpointParameters, listAnswer, pageOf } from '../http/paged-list.ts';
import { booleanParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';
import { findUser } from '../users/users.ts';
import { removeRefreshTokens } from './refresh-tokens.ts';
import { sessionAnswer } from './session-answer.ts';

/** Browser sessions: `/sessions`, `/users/{id}/sessions`. */
export function sessionOperations({ store }: ManagementDependencies): Operation[] {
  const refreshTokensOf = (userId: string, sessionId?: string) =>
    store.artifacts
      .listByAccount('RefreshToken', userId)
      .filter(({ payload }) => sessionId === undefined || payload.sessionUid === sessionId);
  return [
    operation({
      method: 'GET',
      path: '/users/{user_id}/sessions',
      query: z.object({ ...checkpointParameters, include_totals: booleanParameter().optional() }),
      handle: (call) => {
        const { user_id } = findUser(store, pathParameter(call, 'user_id'));
        const sessions = sessionsOf(store, user_id);
        const read = (paging: Paging) => pageOf(sessions, ({ sequence }) => sequence, paging);
        const query = { from: call.query.from, take: call.query.take ?? 50 };
        return { status: 200, body: listAnswer('sessions', query, read, (session) => sessionAnswer(store, session)) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/users/{user_id}/sessions',
      description: 'Delete sessions of a user',
      handle: (call) => {
        const { user_id } = findUser(store, pathParameter(call, 'user_id'));
        store.transaction(() => {
          for (const session of sessionsOf(store, user_id)) endSession(store, String(session.payload.uid));
        });
        return { status: 202, body: {} };
      },
    }),
    operation({
      method: 'GET',
      path: '/sessions/{id}',
      handle: (call) => ({ status: 200, body: sessionAnswer(store, findSession(store, pathParameter(call, 'id'))) }),
    }),
    operation({
      method: 'PATCH',
      path: '/sessions/{id}',
      description: 'Update a session',
      body: notEmpty(bodyOf({ session_metadata: limitedMetadata.nullable().optional() })),
      handle: (call) => {
        const session = findSession(store, pathParameter(call, 'id'));
        const id = String(session.payload.uid);
        const { session_metadata } = call.body;
        if (session_metadata !== undefined) {
          keepSessionMetadata(store, id, String(session.payload.accountId), session_metadata);
        }
        return { status: 200, body: sessionAnswer(store, session) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/sessions/{id}',
      description: 'Delete a session',
      handle: (call) => {
        endSession(store, pathParameter(call, 'id'));
        return { status: 202, body: {} };
      },
    }),
    operation({
      method: 'POST',
      path: '/sessions/{id}/revoke',
      scopes: { anyOf: ['delete:sessions'] },
      description: 'Revoke a session',
      handle: (call) => {
        const { payload } = findSession(store, pathParameter(call, 'id'));
        const events = store.transaction(() => {
          const id = String(payload.uid);
          const revoked = removeRefreshTokens(store, refreshTokensOf(String(payload.accountId), id));
          endSession(store, id);
          return revoked;
        });
        return { status: 202, body: {}, events };
      },
    }),
    operation({
      method: 'POST',
      path: '/users/{id}/revoke-access',
      scopes: { anyOf: ['delete:sessions'] },
      description: 'Revoke access of a user',
      body: z.preprocess(
        (sent) => sent ?? {},
        bodyOf({ session_id: z.string().max(50).optional(), preserve_refresh_tokens: z.boolean().optional() }),
      ),
      handle: (call) => {
        const { user_id } = findUser(store, pathParameter(call, 'id'));
        const { session_id, preserve_refresh_tokens } = call.body;
        const events = store.transaction(() => {
          const tokens = preserve_refresh_tokens === true ? [] : refreshTokensOf(user_id, session_id);
          const revoked = removeRefreshTokens(store, tokens);
          for (const { payload } of sessionsOf(store, user_id)) {
            if (session_id === undefined || payload.uid === session_id) endSession(store, String(payload.uid));
          }
          return revoked;
        });
        return { status: 202, body: {}, events };
      },
    }),
  ];
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
