import { z } from 'zod';
import { isEmailAddress } from '../../authentication/accounts/email-address.ts';
import { anyObject, bodyOf, formatted } from '../http/body-schemas.ts';

const email = formatted('email', isEmailAddress);
const picture = formatted('strict-uri', (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''));
const phoneNumber = z.string().regex(/^\+[0-9]{1,15}$/);
const shortName = z.string().min(1).max(150);
const longName = z.string().min(1).max(300);
const username = z.string().min(1).max(128);

const flags = {
  blocked: z.boolean().optional(),
  email_verified: z.boolean().optional(),
  phone_verified: z.boolean().optional(),
  verify_email: z.boolean().optional(),
  user_metadata: anyObject.optional(),
  app_metadata: anyObject.optional(),
};

export const newUserBody = bodyOf({
  ...flags,
  connection: z.string().min(1),
  email: email.optional(),
  phone_number: phoneNumber.optional(),
  username: username.optional(),
  password: z.string().min(1).optional(),
  user_id: z.string().max(255).regex(/^\S*$/).optional(),
  given_name: shortName.optional(),
  family_name: shortName.optional(),
  name: longName.optional(),
  nickname: longName.optional(),
  picture: picture.optional(),
});

export const userPatchBody = bodyOf({
  ...flags,
  connection: z.string().min(1).optional(),
  client_id: z.string().min(1).optional(),
  email: email.optional(),
  phone_number: phoneNumber.nullable().optional(),
  verify_phone_number: z.boolean().optional(),
  username: username.optional(),
  password: z.string().min(1).optional(),
  given_name: shortName.nullable().optional(),
  family_name: shortName.nullable().optional(),
  name: longName.nullable().optional(),
  nickname: longName.nullable().optional(),
  picture: picture.nullable().optional(),
});

export type NewUserBody = z.output<typeof newUserBody>;
export type UserPatchBody = z.output<typeof userPatchBody>;
