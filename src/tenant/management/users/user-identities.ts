import type { Management } from 'auth0';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { type Caller, requireScopes } from '../authorization.ts';
import { ApiError, conflict, invalidBody } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { type IdentityName, isNamed, linkAccounts, profileOf, unlinkAccount } from './identity-link.ts';
import { subjectOfIdToken } from './secondary-account-token.ts';
import { findUser } from './users.ts';

/** Linked accounts of a user: `/users/{id}/identities`. */
export function userIdentityOperations({ store }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'POST /users/{id}/identities': {
        description: 'Link a User Account',
        handle: (call: Call<Management.LinkUserIdentityRequestContent>) => async () => {
          const id = pathParameter(call, 'id');
          const name = await secondaryNamed(store, call.body, call.caller);
          const primary = store.transaction(() => {
            const user = findUser(store, id);
            if (user.identities.some((identity) => isNamed(identity, name))) {
              throw conflict('Specified identity already exists.', 'identity_conflict');
            }
            return linkAccounts(store, user, standingAlone(store, name), new Date().toISOString());
          });
          const [main, ...linked] = primary.identities;
          // This answer alone has the profile of the first account too.
          return [{ profileData: profileOf(primary), ...main }, ...linked];
        },
      },
      'DELETE /users/{id}/identities/{provider}/{user_id}': {
        description: 'Unlink a User Account',
        handle: (call) => {
          const name = { provider: pathParameter(call, 'provider'), userId: pathParameter(call, 'user_id') };
          const user = findUser(store, pathParameter(call, 'id'));
          const index = user.identities.findIndex((identity) => isNamed(identity, name));
          if (index < 0) {
            throw new ApiError(400, 'The specified identity is not linked to the user.', 'inexistent_identity');
          }
          if (index === 0) throw new ApiError(400, 'Main identity cannot be unlinked.', 'main_identity');
          return unlinkAccount(store, user, index, new Date().toISOString()).identities;
        },
      },
    },
  );
}

/** With a user's own token, only an account to which that user has also signed in can be linked: a name proves no ownership. */
async function secondaryNamed(
  store: Store,
  body: Management.LinkUserIdentityRequestContent,
  caller: Caller,
): Promise<IdentityName> {
  if (body.link_with !== undefined) {
    const subject = await subjectOfIdToken(store, body.link_with, caller.clientId);
    const bar = subject.indexOf('|');
    return { provider: subject.slice(0, bar), userId: subject.slice(bar + 1) };
  }
  requireScopes(caller, { anyOf: ['update:users'] });
  if (body.provider === undefined)
    throw invalidBody("Payload validation error: 'Missing required property: provider'.");
  if (body.user_id === undefined) throw invalidBody("Payload validation error: 'Missing required property: user_id'.");
  const connection = body.connection_id === undefined ? undefined : store.connections.find(body.connection_id);
  if (body.connection_id !== undefined && connection === undefined) {
    throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
  }
  return { provider: body.provider, userId: withoutProvider(String(body.user_id), body.provider), connection };
}

/** Also accepts the user's whole id: `auth0|1` for `1`. */
function withoutProvider(userId: string, provider: string): string {
  return userId.startsWith(`${provider}|`) ? userId.slice(provider.length + 1) : userId;
}

/** The user with that account as the first identity. An account that is already linked cannot be linked again. */
function standingAlone(store: Store, name: IdentityName): UserRecord {
  const user = store.users.find(`${name.provider}|${name.userId}`);
  const [main] = user?.identities ?? [];
  if (user === undefined || main === undefined || !isNamed(main, name)) {
    throw new ApiError(404, 'The user to be linked does not exist.', 'inexistent_user');
  }
  return user;
}
