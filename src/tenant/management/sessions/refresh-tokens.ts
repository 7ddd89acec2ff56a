import { z } from 'zod';
import { revocationEvent } from '../../logs/revocation-event.ts';
import { keepRefreshTokenMetadata, REFRESH_TOKEN_METADATA } from '../../sessions/session-store.ts';
import type { Paging } from '../../store/paging.ts';
import type { Artifact } from '../../store/records/tokens/artifact-repository.ts';
import type { Store } from '../../store/store.ts';
import { invalidBody, notFound } from '../http/api-error.ts';
import { bodyOf, limitedMetadata, notEmpty, userId } from '../http/body-schemas.ts';
import { fieldParameters, selectFields } from '../http/field-selection.ts';
import { checkpointParameters, listAnswer, pageOf } from '../http/paged-list.ts';
import { booleanParameter } from '../http/query-parameters.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type LoggedEvent, type Operation, operation, pathParameter } from '../operation.ts';
import { findUser } from '../users/users.ts';
import { refreshTokenAnswer } from './session-answer.ts';

const kind = 'RefreshToken';

/** Refresh tokens, by their public id: `/refresh-tokens`, `/users/{id}/refresh-tokens`. */
export function refreshTokenOperations({ store }: ManagementDependencies): Operation[] {
  const show = (token: Artifact) => refreshTokenAnswer(store, token);
  return [
    operation({
      method: 'GET',
      path: '/users/{user_id}/refresh-tokens',
      query: z.object({ ...checkpointParameters, include_totals: booleanParameter().optional() }),
      handle: (call) => {
        const { user_id } = findUser(store, pathParameter(call, 'user_id'));
        const query = { from: call.query.from, take: call.query.take ?? 50 };
        return {
          status: 200,
          body: listAnswer('tokens', query, pager(store.artifacts.listByAccount(kind, user_id)), show),
        };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/users/{user_id}/refresh-tokens',
      description: 'Delete refresh tokens of a user',
      handle: (call) => {
        const { user_id } = findUser(store, pathParameter(call, 'user_id'));
        const events = removeRefreshTokens(store, store.artifacts.listByAccount(kind, user_id));
        return { status: 202, body: {}, events };
      },
    }),
    operation({
      method: 'GET',
      path: '/refresh-tokens',
      query: z.object({
        ...checkpointParameters,
        ...fieldParameters,
        user_id: userId,
        client_id: z.string().optional(),
      }),
      handle: ({ query }) => {
        const { user_id } = findUser(store, query.user_id);
        const tokens = store.artifacts
          .listByAccount(kind, user_id)
          .filter(({ payload }) => query.client_id === undefined || payload.clientId === query.client_id);
        const paging = { from: query.from, take: query.take ?? 50 };
        const selected = (token: Artifact) => selectFields(show(token), query);
        return { status: 200, body: listAnswer('refresh_tokens', paging, pager(tokens), selected) };
      },
    }),
    operation({
      method: 'POST',
      path: '/refresh-tokens/revoke',
      description: 'Revoke refresh tokens',
      body: bodyOf({
        ids: z.array(z.string().min(1).max(30)).min(1).optional(),
        user_id: userId.optional(),
        client_id: z.string().min(1).max(64).optional(),
        audience: z.string().min(1).max(600).optional(),
      }),
      handle: ({ body }) => {
        return { status: 202, body: {}, events: removeRefreshTokens(store, chosen(store, body)) };
      },
    }),
    operation({
      method: 'GET',
      path: '/refresh-tokens/{id}',
      handle: (call) => ({ status: 200, body: show(existing(store, pathParameter(call, 'id'))) }),
    }),
    operation({
      method: 'PATCH',
      path: '/refresh-tokens/{id}',
      description: 'Update a refresh token',
      body: notEmpty(bodyOf({ refresh_token_metadata: limitedMetadata.nullable().optional() })),
      handle: (call) => {
        const token = existing(store, pathParameter(call, 'id'));
        const { refresh_token_metadata } = call.body;
        const grantId = String(token.payload.grantId);
        if (refresh_token_metadata !== undefined) {
          keepRefreshTokenMetadata(store, grantId, String(token.payload.accountId), refresh_token_metadata);
        }
        return { status: 200, body: show(token) };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/refresh-tokens/{id}',
      description: 'Delete a refresh token',
      handle: (call) => {
        const token = findToken(store, pathParameter(call, 'id'));
        return { status: 202, body: {}, events: removeRefreshTokens(store, token === undefined ? [] : [token]) };
      },
    }),
  ];
}

/**
 * Removes the tokens, and their predecessors and successors by rotation.
 *
 * @returns the events to log
 */
export function removeRefreshTokens(store: Store, tokens: readonly Artifact[]): LoggedEvent[] {
  return store.transaction(() =>
    tokens.map((token) => {
      const { grantId } = token.payload;
      store.artifacts.removeKindByGrant(kind, String(grantId));
      store.artifacts.remove(REFRESH_TOKEN_METADATA, String(grantId));
      return revocationEvent(store, token);
    }),
  );
}

/** The id of a token that has been rotated since finds its current successor. */
function findToken(store: Store, id: string): Artifact | undefined {
  const found = store.artifacts.findByPublicId(id);
  if (found?.payload.consumed === undefined) return found;
  return store.artifacts.listByGrant(kind, String(found.payload.grantId)).at(-1);
}

function existing(store: Store, id: string): Artifact {
  const token = findToken(store, id);
  if (token === undefined) throw notFound('The refresh token does not exist.', 'inexistent_refresh_token');
  return token;
}

interface Choice {
  readonly ids?: readonly string[] | undefined;
  readonly user_id?: string | undefined;
  readonly client_id?: string | undefined;
  readonly audience?: string | undefined;
}

/** Tokens by id; or those of a user, of one of the user's applications, or for an API within that application. */
function chosen(store: Store, { ids, user_id, client_id, audience }: Choice): Artifact[] {
  if (ids !== undefined) {
    if ((user_id ?? client_id ?? audience) !== undefined) throw invalidBody('Give either ids or user_id, not both.');
    return ids.flatMap((id) => findToken(store, id) ?? []);
  }
  if (user_id === undefined) throw invalidBody("Payload validation error: 'Missing required property: user_id'.");
  if (audience !== undefined && client_id === undefined) {
    throw invalidBody("Payload validation error: 'Missing required property: client_id'.");
  }
  return store.artifacts
    .listByAccount(kind, user_id)
    .filter(({ payload }) => client_id === undefined || payload.clientId === client_id)
    .filter(({ payload }) => audience === undefined || payload.resource === audience);
}

function pager(tokens: readonly Artifact[]) {
  return (paging: Paging) => pageOf(tokens, ({ sequence }) => sequence, paging);
}
