import type { Management } from 'auth0';
import { enrolRecoveryCode, newRecoveryCode } from '../../factors/enrolment.ts';
import type { AuthenticationMethodRecord } from '../../store/records/users/authentication-method-repository.ts';
import { conflict, invalidBody, notFound } from '../http/api-error.ts';
import { pagingOf } from '../http/paged-list.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Call, type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';
import {
  isSameMethod,
  methodAnswer,
  missingMember,
  type NewMethod,
  newMethod,
  setMethodAnswer,
  writtenMethodAnswer,
} from './authentication-method-record.ts';
import { findUser } from './users.ts';

const path = '/users/{id}/authentication-methods';

/**
 * Authentication methods of a user beside the password: `/users/{id}/authentication-methods`. A login asks for them if an
 * Action requires it.
 */
export function userAuthenticationMethodOperations({ store }: ManagementDependencies): Operation[] {
  type WithParameters = { readonly params: Readonly<Record<string, string>> };
  const userOf = (call: WithParameters) => findUser(store, pathParameter(call, 'id')).user_id;
  const methodOf = (call: WithParameters) => {
    const found = store.authenticationMethods.find(userOf(call), pathParameter(call, 'authentication_method_id'));
    if (found === undefined) throw notFound('The authentication method does not exist.', 'inexistent_authenticator');
    return found;
  };
  const enroll = (userId: string, body: NewMethod): AuthenticationMethodRecord => {
    const missing = missingMember(body);
    if (missing !== undefined) throw invalidBody(`Payload validation error: 'Missing required property: ${missing}'.`);
    const record = newMethod(userId, body);
    if (store.authenticationMethods.list(userId).some((other) => isSameMethod(other, record))) {
      throw conflict('Authentication method already exists.', 'authentication_method_exists');
    }
    store.authenticationMethods.insert(record);
    return record;
  };
  return effectiveOperations(
    { store },
    {
      [`GET ${path}`]: {
        handle: (call) => {
          const all = store.authenticationMethods.list(userOf(call));
          const { page, perPage } = pagingOf(call.query);
          const authenticators = all.slice(page * perPage, (page + 1) * perPage).map(methodAnswer);
          if (call.query.include_totals !== true) return authenticators;
          const total = all.length === 0 ? {} : { total: all.length };
          return { authenticators, ...total, start: page * perPage, limit: perPage };
        },
      },
      [`POST ${path}`]: {
        description: 'Create an authentication method for a given user',
        handle: (call: Call<NewMethod>) => writtenMethodAnswer(enroll(userOf(call), call.body)),
      },
      [`PUT ${path}`]: {
        description: 'Update all authentication methods by replacing them with the given ones',
        handle: (call: Call<NewMethod[]>) => {
          const userId = userOf(call);
          store.authenticationMethods.removeAll(userId);
          return call.body.map((body) => setMethodAnswer(enroll(userId, body)));
        },
      },
      [`DELETE ${path}`]: {
        description: 'Delete all authentication methods for the given user',
        handle: (call) => store.authenticationMethods.removeAll(userOf(call)),
      },
      [`GET ${path}/{authentication_method_id}`]: { handle: (call) => methodAnswer(methodOf(call)) },
      [`PATCH ${path}/{authentication_method_id}`]: {
        description: 'Update an authentication method',
        handle: (call: Call<Management.UpdateUserAuthenticationMethodRequestContent>) => {
          const { name, preferred_authentication_method: way } = call.body;
          const found = methodOf(call);
          if (way !== undefined && found.type !== 'phone') {
            throw invalidBody('The preferred authentication method can only be set on a phone.');
          }
          const details =
            way === undefined ? found.details : { ...found.details, preferred_authentication_method: way };
          const next = { ...found, details, ...(name !== undefined && { name }) };
          store.authenticationMethods.update(next);
          return writtenMethodAnswer(next);
        },
      },
      [`DELETE ${path}/{authentication_method_id}`]: {
        description: 'Delete an authentication method by ID',
        handle: (call) => {
          const { user_id, id } = methodOf(call);
          store.authenticationMethods.remove(user_id, id);
        },
      },
      'POST /users/{id}/recovery-code-regeneration': {
        description: 'Generate new multi-factor authentication recovery code',
        handle: (call) => {
          const recovery_code = newRecoveryCode();
          const user = findUser(store, pathParameter(call, 'id'));
          const methods = store.authenticationMethods.list(user.user_id);
          if (methods.every(({ type }) => type === 'recovery-code')) {
            throw notFound('Enrollment not found', 'enrollment_not_found');
          }
          enrolRecoveryCode(store, user, recovery_code);
          return { recovery_code };
        },
      },
    },
  );
}
