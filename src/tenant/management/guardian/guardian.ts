import { z } from 'zod';
import { enableFactor, isFactorEnabled } from '../../factors/factor-settings.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { AuthenticationMethodRecord } from '../../store/records/users/authentication-method-repository.ts';
import { ApiError, notFound } from '../http/api-error.ts';
import { bodyOf } from '../http/body-schemas.ts';
import { validationMessage } from '../http/validation-message.ts';
import type { ManagementDependencies } from '../management-dependencies.ts';
import { type Operation, operation, pathParameter } from '../operation.ts';

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

const factorPath = z.object({ name: z.enum(guardianFactors) });

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
  return [
    operation({
      method: 'GET',
      path: '/guardian/factors',
      handle: () => {
        const body = guardianFactors.map((name) => ({
          name,
          enabled: isFactorEnabled(store, name),
          trial_expired: false,
        }));
        return { status: 200, body };
      },
    }),
    operation({
      method: 'PUT',
      path: '/guardian/factors/{name}',
      description: 'Update multi-factor authentication type',
      body: bodyOf({ enabled: z.boolean() }),
      handle: (call) => {
        const parsed = factorPath.safeParse(call.params, { reportInput: true });
        if (!parsed.success) throw new ApiError(400, validationMessage('Path', parsed.error), 'invalid_uri');
        const { enabled } = call.body;
        enableFactor(store, parsed.data.name, enabled);
        return { status: 200, body: { enabled } };
      },
    }),
    operation({
      method: 'GET',
      path: '/guardian/enrollments/{id}',
      handle: (call) => {
        const { auth_method: _, ...enrolment } = enrolmentAnswer(enrolmentOf(call));
        return { status: 200, body: enrolment };
      },
    }),
    operation({
      method: 'DELETE',
      path: '/guardian/enrollments/{id}',
      description: 'Delete a multi-factor authentication enrollment',
      handle: (call) => {
        const { user_id, id, type } = store.transaction(() => {
          const found = enrolmentOf(call);
          store.authenticationMethods.remove(found.user_id, found.id);
          return found;
        });
        const details = { authenticator: { id, type } };
        const unenrolled = { type: 'gd_unenroll', description: `Guardian - Unenroll (${type})`, user_id, details };
        return { status: 204, events: [unenrolled] };
      },
    }),
  ];
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
