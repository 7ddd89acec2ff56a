import type { Management } from 'auth0';
import { revocationEvent } from '../../logs/revocation-event.ts';
import { keepRefreshTokenMetadata, REFRESH_TOKEN_METADATA } from '../../sessions/session-store.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { Artifact } from '../../store/records/tokens/artifact-repository.ts';
import type { Store } from '../../store/store.ts';
import { invalidBody, notFound } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import { listAnswer, pagesOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type LoggedEvent, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { findUser } from '../users/users.ts';
import { refreshTokenAnswer } from './session-answer.ts';

const kind = 'RefreshToken';
type Choice = Management.RevokeRefreshTokensRequestContent;

/** Refresh tokens, by their public id: `/refresh-tokens`, `/users/{id}/refresh-tokens`. */
export function refreshTokenOperations({ store }: ManagementDependencies): Operation[] {
  const show = (token: Artifact) => refreshTokenAnswer(store, token);
  return effectiveOperations(
    { store },
    {
      'GET /users/{user_id}/refresh-tokens': {
        handle: (call) => {
          const { user_id } = findUser(store, pathParameter(call, 'user_id'));
          return listAnswer(
            'tokens',
            { take: 50, ...call.query },
            pager(store.artifacts.listByAccount(kind, user_id)),
            show,
          );
        },
      },
      'DELETE /users/{user_id}/refresh-tokens': {
        description: 'Delete refresh tokens of a user',
        handle: (call) => {
          const { user_id } = findUser(store, pathParameter(call, 'user_id'));
          call.events.push(...removeRefreshTokens(store, store.artifacts.listByAccount(kind, user_id)));
        },
      },
      'GET /refresh-tokens': {
        handle: ({ query }) => {
          const { user_id } = findUser(store, String(query.user_id));
          const tokens = store.artifacts
            .listByAccount(kind, user_id)
            .filter(({ payload }) => query.client_id === undefined || payload.clientId === query.client_id);
          const selected = (token: Artifact) => selectFields(show(token), query);
          return listAnswer('refresh_tokens', { take: 50, ...query }, pager(tokens), selected);
        },
      },
      'POST /refresh-tokens/revoke': {
        description: 'Revoke refresh tokens',
        handle: ({ body, events }: Call<Choice>) =>
          void events.push(...removeRefreshTokens(store, chosen(store, body))),
      },
      'GET /refresh-tokens/{id}': { handle: (call) => show(existing(store, pathParameter(call, 'id'))) },
      'PATCH /refresh-tokens/{id}': {
        description: 'Update a refresh token',
        handle: (call: Call<{ readonly refresh_token_metadata?: JsonObject | null }>) => {
          const token = existing(store, pathParameter(call, 'id'));
          const { refresh_token_metadata } = call.body;
          const grantId = String(token.payload.grantId);
          if (refresh_token_metadata !== undefined) {
            keepRefreshTokenMetadata(store, grantId, String(token.payload.accountId), refresh_token_metadata);
          }
          return show(token);
        },
      },
      'DELETE /refresh-tokens/{id}': {
        description: 'Delete a refresh token',
        handle: (call) => {
          const token = findToken(store, pathParameter(call, 'id'));
          if (token !== undefined) call.events.push(...removeRefreshTokens(store, [token]));
        },
      },
    },
  );
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
  return pagesOf(tokens, ({ sequence }) => sequence);
}
