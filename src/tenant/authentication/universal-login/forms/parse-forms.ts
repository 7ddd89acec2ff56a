import { z } from 'zod';
import { isPrintable, isProviderEmail } from '../../accounts/email-address.ts';
import { longestPassword } from '../../accounts/password-hash.ts';
import type { FormPart } from '../identifier-first.ts';
import type { FormProblem } from './form-problem.ts';
import { socialSubject } from './social-subject.ts';

/**
 * A form as it was submitted: parameters, or members in which an array is a field that was sent more than once (Hono's
 * `parseBody({ all: true })`).
 */
export type FormBody = URLSearchParams | Readonly<Record<string, unknown>>;

export type LoginForm =
  | { readonly kind: 'password'; readonly username: string; readonly password: string }
  | { readonly kind: 'provider'; readonly connection: string }
  | { readonly kind: 'identifier'; readonly username: string }
  | {
      readonly kind: 'invalid';
      readonly problems: FormProblem<'username' | 'password'>[];
      /** The typed name, safe to show again. */
      readonly username: string;
    };

export type SignUpForm =
  | { readonly kind: 'valid'; readonly email: string; readonly password: string; readonly username?: string }
  | {
      readonly kind: 'invalid';
      readonly problems: FormProblem<'email' | 'username' | 'password'>[];
      readonly email: string;
      readonly username: string;
    };

export type SocialForm =
  | { readonly kind: 'cancel' }
  | { readonly kind: 'known'; readonly userId: string }
  | {
      readonly kind: 'profile';
      readonly profile: { subject: string; email?: string; email_verified: boolean; name?: string };
    }
  | {
      readonly kind: 'invalid';
      readonly problems: FormProblem<'email' | 'name'>[];
      readonly email: string;
      readonly name: string;
      readonly emailVerified: boolean;
    };

const longestLine = 254;
/** One value on one line. A field that was sent twice is an array and therefore invalid. */
const line = z
  .string()
  .max(longestLine)
  .refine(isPrintable)
  .transform((text) => text.trim());
const password = z
  .string()
  .max(longestPassword)
  .refine((text) => text.isWellFormed());
const checkbox = z.enum(['true', 'on', '1']);
const connectionName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,127}$/);

/**
 * Reads the form of the login page: a user name and a password, or the choice of an identity provider. Unknown fields
 * are ignored, because Auth0's own page sends more.
 *
 * @param part `identifier` for the page that asks for the name alone
 * @example
 * parseLoginForm({ username: 'ada@example.com', password: 'secret', action: 'default' });
 * // { kind: 'password', username: 'ada@example.com', password: 'secret' }
 */
export function parseLoginForm(body: FormBody, part: FormPart = 'whole'): LoginForm {
  const fields = fieldsOf(body);
  if (fields.password === undefined && fields.connection !== undefined) {
    const connection = connectionName.safeParse(fields.connection);
    if (connection.success) return { kind: 'provider', connection: connection.data };
    return { kind: 'invalid', username: '', problems: [unreadable] };
  }
  const username = line.safeParse(fields.username ?? '');
  const problems: FormProblem<'username' | 'password'>[] = [];
  if (!username.success) problems.push({ ...unreadable, field: 'username' });
  else if (username.data === '') {
    problems.push({ field: 'username', code: 'no-email', message: 'Please enter an email address' });
  }
  if (part === 'identifier' && username.success && problems.length === 0) {
    return { kind: 'identifier', username: username.data };
  }
  const secret = password.safeParse(part === 'identifier' ? 'none' : (fields.password ?? ''));
  if (!secret.success) problems.push({ ...unreadable, field: 'password' });
  else if (secret.data === '') problems.push(noPassword);
  if (problems.length > 0 || !username.success || !secret.success) {
    return { kind: 'invalid', problems, username: username.data ?? '' };
  }
  return { kind: 'password', username: username.data, password: secret.data };
}

/**
 * Reads the form of the sign-up page. The sign-up itself validates the address and the password.
 *
 * @param part `identifier` for the page that asks for no password
 *
 * @example
 * parseSignUpForm({ email: 'ada@example.com', password: 'Corr3ct-horse' }).kind; // 'valid'
 */
export function parseSignUpForm(body: FormBody, part: FormPart = 'whole'): SignUpForm {
  const fields = fieldsOf(body);
  const email = line.safeParse(fields.email ?? '');
  const username = line.safeParse(fields.username ?? '');
  const secret = password.safeParse(part === 'identifier' ? 'none' : (fields.password ?? ''));
  const problems: FormProblem<'email' | 'username' | 'password'>[] = [];
  if (!email.success) problems.push({ ...unreadable, field: 'email' });
  else if (email.data === '') {
    problems.push({ field: 'email', code: 'no-email', message: 'Please enter an email address' });
  }
  if (!username.success) problems.push({ ...unreadable, field: 'username' });
  if (!secret.success) problems.push({ ...unreadable, field: 'password' });
  else if (secret.data === '') problems.push(noPassword);
  if (problems.length > 0 || !email.success || !username.success || !secret.success) {
    return { kind: 'invalid', problems, email: email.data ?? '', username: username.data ?? '' };
  }
  return {
    kind: 'valid',
    email: email.data,
    password: secret.data,
    ...(username.data !== '' && { username: username.data }),
  };
}

/**
 * Reads the form of the stand-in for an identity provider: cancelled, a known user, or a new profile.
 *
 * @example
 * parseSocialForm({ email: 'ada@example.com', name: 'Ada', email_verified: 'true' });
 * // { kind: 'profile', profile: { subject: '1…', email: 'ada@example.com', email_verified: true, name: 'Ada' } }
 */
export function parseSocialForm(body: FormBody): SocialForm {
  const fields = fieldsOf(body);
  if (fields.action === 'cancel') return { kind: 'cancel' };
  const emailVerified = checkbox.safeParse(fields.email_verified).success;
  const email = line.safeParse(fields.email ?? '');
  const name = line.safeParse(fields.name ?? '');
  if (fields.user_id !== undefined) {
    const userId = line.safeParse(fields.user_id);
    if (userId.success && userId.data.includes('|')) return { kind: 'known', userId: userId.data };
    return { kind: 'invalid', problems: [unreadable], email: '', name: '', emailVerified };
  }
  const problems: FormProblem<'email' | 'name'>[] = [];
  if (!email.success || (email.data !== '' && !isProviderEmail(email.data))) {
    problems.push({ field: 'email', code: 'invalid-email-format', message: 'The e-mail address is not valid.' });
  }
  if (!name.success) problems.push({ ...unreadable, field: 'name' });
  if (email.data === '' && name.data === '') {
    problems.push({ field: 'form', code: 'no-profile', message: 'Enter an e-mail address, a name, or both.' });
  }
  if (problems.length > 0 || !email.success || !name.success) {
    return { kind: 'invalid', problems, email: email.data ?? '', name: name.data ?? '', emailVerified };
  }
  return {
    kind: 'profile',
    profile: {
      subject: socialSubject(email.data, name.data),
      email_verified: emailVerified && email.data !== '',
      ...(email.data !== '' && { email: email.data }),
      ...(name.data !== '' && { name: name.data }),
    },
  };
}

const unreadable = {
  field: 'form',
  code: 'invalid-value',
  message: 'The form could not be read. Type it again, without invisible characters.',
} as const;

const noPassword = { field: 'password', code: 'no-password', message: 'Password is required' } as const;

/** The fields as own members of an object without a prototype, so that `constructor` is an ordinary field. */
function fieldsOf(body: FormBody): Record<string, unknown> {
  if (!(body instanceof URLSearchParams)) return { __proto__: null, ...body };
  const fields: Record<string, unknown> = Object.create(null);
  for (const name of new Set(body.keys())) {
    const values = body.getAll(name);
    fields[name] = values.length === 1 ? values[0] : values;
  }
  return fields;
}
