import type { Management } from 'auth0';
import { enableFactor, isFactorEnabled } from '../../factors/factor-settings.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { AuthenticationMethodRecord } from '../../store/records/users/authentication-method-repository.ts';
import { notFound } from '../http/api-error.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, pathParameter } from '../operation.ts';
import { effectiveOperations } from '../resources/single-operations.ts';

/** Factors of multi-factor authentication, in the order in which Auth0 lists them. */
const guardianFactors = [
  'sms',
  'push-notification',
  'otp',
  'email',
  'duo',
  'webauthn-roaming',
  'webauthn-platform',
  'recovery-code',
] as const;

/** Methods that are Guardian enrolments, with Guardian's names for them. */
const METHODS: Partial<Record<AuthenticationMethodRecord['type'], string>> = {
  totp: 'authenticator',
  phone: 'sms',
  'webauthn-roaming': 'webauthn-roaming',
};

/** Factors of the tenant, and enrolments of its users: `/guardian`. */
export function guardianOperations({ store }: ManagementDependencies): Operation[] {
  const enrolmentOf = (call: { readonly params: Readonly<Record<string, string>> }) => {
    const device = pathParameter(call, 'id');
    for (const type of Object.keys(METHODS)) {
      const method = store.authenticationMethods.findById(`${type}|${device}`);
      if (method !== undefined) return method;
    }
    throw notFound('Enrollment not found', 'enrollment_not_found');
  };
  return effectiveOperations(
    { store },
    {
      'GET /guardian/factors': {
        handle: () =>
          guardianFactors.map((name) => ({ name, enabled: isFactorEnabled(store, name), trial_expired: false })),
      },
      'PUT /guardian/factors/{name}': {
        description: 'Update multi-factor authentication type',
        handle: (call) => {
          const enabled = call.body.enabled === true;
          enableFactor(store, pathParameter(call, 'name') as Management.GuardianFactorNameEnum, enabled);
          return { enabled };
        },
      },
      'GET /guardian/enrollments/{id}': {
        handle: (call) => {
          const { auth_method: _, ...enrolment } = enrolmentAnswer(enrolmentOf(call));
          return enrolment;
        },
      },
      'DELETE /guardian/enrollments/{id}': {
        description: 'Delete a multi-factor authentication enrollment',
        handle: (call) => {
          const { user_id, id, type } = enrolmentOf(call);
          store.authenticationMethods.remove(user_id, id);
          const details = { authenticator: { id, type } };
          call.events.push({ type: 'gd_unenroll', description: `Guardian - Unenroll (${type})`, user_id, details });
        },
      },
    },
  );
}

/**
 * The first method of a user that is a Guardian enrolment, as a list.
 *
 * @example
 * enrolmentsAnswer(store.authenticationMethods.list(userId)); // [{ id: 'dev_…', status: 'confirmed', … }]
 */
export function enrolmentsAnswer(methods: readonly AuthenticationMethodRecord[]): JsonObject[] {
  return methods
    .filter(({ type }) => METHODS[type] !== undefined)
    .slice(0, 1)
    .map(enrolmentAnswer);
}

function enrolmentAnswer({ id, type, name, created_at, details }: AuthenticationMethodRecord): JsonObject {
  const { phone_number, last_auth_at } = details;
  return {
    id: id.slice(id.indexOf('|') + 1),
    status: 'confirmed',
    ...(name !== undefined && { name }),
    ...(typeof phone_number === 'string' && {
      phone_number: phone_number.slice(-4).padStart(phone_number.length, 'X'),
    }),
    auth_method: METHODS[type] ?? type,
    enrolled_at: created_at,
    ...(typeof last_auth_at === 'string' && { last_auth: last_auth_at }),
  };
}
