import type { Management } from 'auth0';
import { maskedAddress } from '../../factors/masked-address.ts';
import { randomName } from '../../store/identifiers.ts';
import type { JsonObject } from '../../store/json-value.ts';
import type { AuthenticationMethodRecord } from '../../store/records/users/authentication-method-repository.ts';

/** `POST /users/{id}/authentication-methods`, or one of `PUT` */
export type NewMethod =
  | Management.CreateUserAuthenticationMethodRequestContent
  | Management.SetUserAuthenticationMethods;
type Member = keyof Management.CreateUserAuthenticationMethodRequestContent;

/** Members that a method of each type requires. */
const needed: Partial<Record<NewMethod['type'], readonly Member[]>> = {
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
  return needed[body.type]?.find((member) => !(member in body));
}

/** A method that an administrator enrolled for a user. It needs no confirmation. */
export function newMethod(userId: string, { type, name, ...details }: NewMethod): AuthenticationMethodRecord {
  return {
    ...enrolled(userId, type),
    ...(name !== undefined && { name }),
    details: {
      ...(type === 'phone' && { preferred_authentication_method: 'sms' }),
      ...details,
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
