import type { Management } from 'auth0';
import { sendVerificationMail } from '../../authentication/accounts/email-verification/verification-mail.ts';
import { passwordPolicyOf, passwordProblems } from '../../authentication/accounts/password-policy.ts';
import type { ConnectionRecord } from '../../store/records/connection-repository.ts';
import type { UserRecord } from '../../store/records/users/user-row.ts';
import type { Store } from '../../store/store.ts';
import { requireMemberScopes } from '../authorization.ts';
import { ApiError, conflict, invalidBody, notFound } from '../http/api-error.ts';
import { selectFields } from '../http/field-selection.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type LoggedEvent, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import { accountEvent } from './account-event.ts';
import { changedUserAnswer, newUser, patchedUser, type UserPatchBody, userAnswer } from './user-record.ts';

type NewUserBody = Management.CreateUserRequestContent;

/**
 * @throws ApiError 400 if it is not a user's id, 404 if the user does not exist
 * @example
 * findUser(store, 'auth0|63d17c4a8869daf88ed7db97')
 */
export function findUser(store: Store, userId: string): UserRecord {
  if (!/^[^|]+\|.+$/s.test(userId)) {
    const message = `Path validation error: 'Object didn't pass validation for format user-id: ${userId.slice(0, 100)}' on property id.`;
    throw new ApiError(400, message, 'invalid_uri');
  }
  const record = store.users.find(userId);
  if (record === undefined) throw notFound('The user does not exist.', 'inexistent_user');
  return record;
}

/** Single users: `/users`, `/users/{id}`. */
export function userOperations({ store, hashPassword }: ManagementDependencies): Operation[] {
  return effectiveOperations(
    { store },
    {
      'POST /users': {
        description: 'Create a User',
        handle:
          ({ body, domain }: Call<NewUserBody>) =>
          async () => {
            const connection = databaseNamed(store, body.connection);
            const password = requireIdentifiers(body, connection);
            const hash = await hashPassword(password);
            const record = newUser(body, connection, new Date().toISOString());
            store.transaction(() => {
              // Another request may have deleted the connection while the password was being hashed.
              databaseNamed(store, connection.name);
              if (store.users.find(record.user_id) !== undefined) throw taken();
              refuseTaken(store, connection.name, record);
              store.users.insert(record, hash);
              if (body.verify_email ?? !record.email_verified) askToVerify(store, domain, record, undefined);
            });
            return userAnswer(record);
          },
      },
      'GET /users/{id}': {
        handle: (call) => {
          const answer = userAnswer(findUser(store, pathParameter(call, 'id')));
          return selectFields(answer, call.query);
        },
      },
      'PATCH /users/{id}': {
        description: 'Update a User',
        handle: (call: Call<UserPatchBody>) => async () => {
          const id = pathParameter(call, 'id');
          const isSelf = call.caller.subject === id;
          requireMemberScopes(call.caller, call.body, (member) => scopesToChange(member, isSelf));
          const before = findUser(store, id);
          const connection = refuseImpossible(store, before, call.body);
          const { password } = call.body;
          if (password !== undefined) requireStrength(password, connection, [call.body.email ?? '']);
          const hash = password === undefined ? undefined : await hashPassword(password);
          const record = store.transaction(() => {
            // Read again: another request may have changed the user while the password was being hashed.
            const patched = patchedUser(findUser(store, id), call.body, new Date().toISOString());
            const identity = patched.identities[0];
            if (identity !== undefined) refuseTaken(store, identity.connection, patched);
            store.users.update(patched);
            if (hash !== undefined) store.users.setPasswordHash(id, hash);
            if (call.body.verify_email === true) askToVerify(store, call.domain, patched, call.body.client_id);
            return patched;
          });
          call.events.push(...changesOf(store, before, record, call.body));
          return changedUserAnswer(record, call.body);
        },
      },
      'DELETE /users/{id}': {
        description: 'Delete a User',
        handle: (call) => {
          const id = pathParameter(call, 'id');
          const user = store.users.find(id);
          store.users.remove(id);
          if (user === undefined) return;
          const body = { connection: user.identities[0]?.connection };
          call.events.push(accountEvent(store, user, { type: 'sdu', description: 'User deleted', body }));
        },
      },
    },
  );
}

/**
 * Sends the verification e-mail of a new or changed user. A user without an address gets none.
 *
 * @see Auth0 Management API: `verify_email` of "Create a User" and "Update a User" overrides `email_verified`.
 */
function askToVerify(store: Store, domain: string, user: UserRecord, clientId: string | undefined): void {
  const { user_id: userId, email } = user;
  if (email === undefined) return;
  sendVerificationMail(store, domain, { userId, email, ...(clientId !== undefined && { clientId }) });
}

/** Events that Auth0 logs in addition to the change of a user: a new address, username or password. */
function changesOf(store: Store, before: UserRecord, after: UserRecord, body: UserPatchBody): LoggedEvent[] {
  const { user_id } = after;
  const connection = after.identities[0]?.connection;
  const events: LoggedEvent[] = [];
  if (body.email !== undefined && after.email !== before.email) {
    const change = {
      user_id,
      connection,
      email: before.email,
      newEmail: after.email,
      verify: body.verify_email ?? false,
    };
    events.push(accountEvent(store, after, { type: 'sce', description: 'Success Change Email', body: change }));
  }
  if (body.username !== undefined && after.username !== before.username) {
    const change = { user_id, connection, oldUsername: before.username ?? '', newUsername: after.username };
    events.push(accountEvent(store, after, { type: 'scu', description: 'Success Change Username', body: change }));
  }
  if (body.password !== undefined) {
    const change = { user_id, connection, email: after.email, newPassword: '*****' };
    events.push(accountEvent(store, after, { type: 'scp', description: 'Success Change Password', body: change }));
  }
  return events;
}

/** A user's own token changes only that user's `user_metadata`. */
function scopesToChange(member: string, isSelf: boolean): string[] {
  if (member === 'app_metadata') return ['update:users', 'update:users_app_metadata'];
  return ['update:users', ...(member === 'user_metadata' && isSelf ? ['update:current_user_metadata'] : [])];
}

/** Users of other strategies are created when they sign in, never here. */
function databaseNamed(store: Store, name: string): ConnectionRecord {
  const connection = store.connections.findByName(name);
  if (connection === undefined) throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
  if (connection.strategy !== 'auth0') {
    throw invalidBody('Users can only be created in database connections; others arrive when they sign in.');
  }
  return connection;
}

function requireIdentifiers(body: NewUserBody, connection: ConnectionRecord): string {
  const byUsername = connection.options.requires_username === true || connection.options.attributes !== undefined;
  if (body.email === undefined && !(byUsername && (body.username ?? body.phone_number) !== undefined)) {
    throw invalidBody("Payload validation error: 'Missing required property: email'.");
  }
  if (connection.options.requires_username === true && body.username === undefined) {
    throw invalidBody("Payload validation error: 'Missing required property: username'.");
  }
  if (body.password === undefined) {
    throw invalidBody("Payload validation error: 'Missing required property: password'.");
  }
  requireStrength(body.password, connection, [body.email ?? '', body.username ?? '', body.name ?? '']);
  return body.password;
}

function requireStrength(password: string, connection: ConnectionRecord, person: string[]): void {
  if (passwordProblems(password, passwordPolicyOf(connection), person).length > 0) {
    throw invalidBody('PasswordStrengthError: Password is too weak');
  }
}

/** Members that belong to the identity provider cannot be changed here. Returns the user's connection. */
function refuseImpossible(store: Store, record: UserRecord, body: UserPatchBody): ConnectionRecord {
  const identity = record.identities[0];
  const connection = identity && store.connections.findByName(identity.connection);
  const connectionName = body.connection ?? identity?.connection;
  if (identity === undefined || connection === undefined || connectionName !== identity.connection) {
    throw new ApiError(400, 'The connection does not exist.', 'inexistent_connection');
  }
  const inDatabase = ['email', 'email_verified', 'username', 'password'] as const;
  const touched = inDatabase.filter((member) => body[member] !== undefined);
  if (identity.provider !== 'auth0' && touched.length > 0) {
    throw new ApiError(
      400,
      `The following user attributes cannot be updated: ${touched.join(', ')}. The connection (${connection.name}) must be a database connection.`,
      'operation_not_supported',
    );
  }
  return connection;
}

/** Two users of a connection never have the same e-mail address or username. */
function refuseTaken(store: Store, connection: string, { user_id, email, username }: UserRecord): void {
  const others = [
    email === undefined ? undefined : store.users.findInConnection(connection, { email }),
    username === undefined ? undefined : store.users.findInConnection(connection, { username }),
  ];
  if (others.some((other) => other !== undefined && other.user_id !== user_id)) throw taken();
}

function taken(): ApiError {
  return conflict('The user already exists.', 'auth0_idp_error');
}
