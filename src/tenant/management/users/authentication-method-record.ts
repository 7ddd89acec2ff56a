import { z } from 'zod';
import { maskedAddress } from '../../factors/masked-address.ts';
import { randomName } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { AuthenticationMethodRecord } from '../../store/records/users/authentication-method-repository.ts';
import { bodyOf, formatted } from '../http/body-schemas.ts';

const preferred = z.enum(['sms', 'voice']);
const base32 = formatted('base32', (text) => /^[A-Z2-7]+=*$/i.test(text));

/** `POST /users/{id}/authentication-methods` */
export const newMethodBody = bodyOf({
  type: z.enum(['phone', 'email', 'totp', 'webauthn-roaming', 'passkey']),
  name: z.string().optional(),
  totp_secret: base32.optional(),
  phone_number: z.string().min(2).max(30).optional(),
  email: formatted('email', (text) => /^[^@\s]+@[^@\s]+$/.test(text)).optional(),
  preferred_authentication_method: preferred.optional(),
  key_id: z.string().optional(),
  public_key: z.string().optional(),
  aaguid: z.string().optional(),
  relying_party_identifier: z.string().optional(),
  credential_device_type: z.enum(['single_device', 'multi_device']).optional(),
  credential_backed_up: z.boolean().optional(),
  identity_user_id: z.string().optional(),
  user_agent: z.string().optional(),
  user_handle: z.string().optional(),
  transports: z.array(z.string()).optional(),
});

/** `PUT /users/{id}/authentication-methods` */
export const methodListBody = z.array(
  z.strictObject({
    type: z.enum(['phone', 'email', 'totp']),
    preferred_authentication_method: preferred.optional(),
    name: z.string().min(1).max(20).optional(),
    phone_number: z.string().min(2).max(30).optional(),
    email: z.string().min(1).optional(),
    totp_secret: base32.min(1).optional(),
  }),
);

/** `PATCH /users/{id}/authentication-methods/{authentication_method_id}` */
export const methodPatchBody = bodyOf({
  name: z.string().optional(),
  preferred_authentication_method: preferred.optional(),
});

type NewMethod = z.output<typeof newMethodBody>;

/** Members that a method of each type requires. */
const needed: Partial<Record<NewMethod['type'], readonly (keyof NewMethod)[]>> = {
  phone: ['phone_number'],
  email: ['email'],
  totp: ['totp_secret'],
  'webauthn-roaming': ['key_id', 'public_key', 'relying_party_identifier'],
  passkey: ['key_id', 'public_key', 'relying_party_identifier'],
};

/**
 * The member that a method of its type requires and that is missing; `undefined` if none is.
 *
 * @example
 * missingMember({ type: 'phone' }) // 'phone_number'
 */
export function missingMember(body: NewMethod): string | undefined {
  return needed[body.type]?.find((member) => body[member] === undefined);
}

/** A method that an administrator enrolled for a user. It needs no confirmation. */
export function newMethod(userId: string, { type, name, ...details }: NewMethod): AuthenticationMethodRecord {
  return {
    ...enrolled(userId, type),
    ...(name !== undefined && { name }),
    details: {
      ...(type === 'phone' && { preferred_authentication_method: 'sms' }),
      ...(details as JsonObject),
    },
  };
}

function enrolled(userId: string, type: AuthenticationMethodRecord['type']): AuthenticationMethodRecord {
  return {
    id: `${type}|dev_${randomName(16)}`,
    user_id: userId,
    type,
    created_at: new Date().toISOString(),
    details: {},
  };
}

/** Two methods are the same if they reach the same phone, mailbox, generator or key. */
export function isSameMethod(one: AuthenticationMethodRecord, other: AuthenticationMethodRecord): boolean {
  const keyOf = ({ details }: AuthenticationMethodRecord) =>
    details.phone_number ?? details.email ?? details.totp_secret ?? details.key_id;
  return one.type === other.type && keyOf(one) !== undefined && keyOf(one) === keyOf(other);
}

/** A method as read operations return it: confirmed, and with everything masked that would let another person use it. */
export function methodAnswer(record: AuthenticationMethodRecord): JsonObject {
  return { ...writtenMethodAnswer(record), confirmed: true };
}

/** A method as the write of a single method returns it. */
export function writtenMethodAnswer(record: AuthenticationMethodRecord): JsonObject {
  const { email, phone_number } = record.details;
  return {
    ...setMethodAnswer(record),
    ...(typeof email === 'string' && { email: maskedAddress(email) }),
    ...(typeof phone_number === 'string' && { phone_number: maskedPhone(phone_number) }),
  };
}

/** A method as the write of the whole list returns it: as it was sent, except the secret of a generator. */
export function setMethodAnswer(record: AuthenticationMethodRecord): JsonObject {
  const { id, type, name, created_at, details } = record;
  const { totp_secret: _secret, used_step: _step, code_digest: _digest, ...shown } = details;
  const way = details.preferred_authentication_method;
  return {
    id,
    type,
    ...(name !== undefined && { name }),
    created_at,
    ...shown,
    ...(typeof way === 'string' && { authentication_methods: [{ id: id.replace(/^\w+/, way), type: way }] }),
  };
}

/** `+44207183875044` is `XXXXXXXXXXX5044`. */
function maskedPhone(phone: string): string {
  return phone.slice(-4).padStart(phone.length, 'X');
}
