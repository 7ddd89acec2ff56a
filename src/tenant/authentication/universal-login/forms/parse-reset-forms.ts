import type { FormProblem } from './form-problem.ts';
import { type FormBody, parseSignUpForm } from './parse-forms.ts';

export type ResetRequestForm =
  | { readonly kind: 'valid'; readonly email: string }
  | { readonly kind: 'invalid'; readonly problems: FormProblem[]; readonly email: string };

export type NewPasswordForm =
  | { readonly kind: 'valid'; readonly password: string }
  | { readonly kind: 'invalid'; readonly problems: FormProblem<'password-reset' | 're-enter-password'>[] };

/** Placeholder for a field that a form does not have: both forms are read by the rules of the sign-up form. */
const ABSENT = 'absent';

/**
 * Reads the form of the page for a forgotten password. It does not check whether a user has the address.
 *
 * @example
 * parseResetRequestForm(new URLSearchParams({ email: 'ada@example.com' })); // { kind: 'valid', email: 'ada@example.com' }
 */
export function parseResetRequestForm(body: FormBody): ResetRequestForm {
  const form = parseSignUpForm({ email: onlyValue(body, 'email'), password: ABSENT });
  if (form.kind === 'valid') return { kind: 'valid', email: form.email };
  return { kind: 'invalid', problems: form.problems, email: form.email };
}

/**
 * Reads the form of the page for a new password, which is typed twice. The reset itself validates the password.
 *
 * @example
 * parseNewPasswordForm(new URLSearchParams({ 'password-reset': 'a', 're-enter-password': 'b' })).kind; // 'invalid'
 */
export function parseNewPasswordForm(body: FormBody): NewPasswordForm {
  const form = parseSignUpForm({ email: ABSENT, password: onlyValue(body, 'password-reset') });
  if (form.kind === 'invalid') {
    return { kind: 'invalid', problems: form.problems.map((problem) => ({ ...problem, field: 'password-reset' })) };
  }
  if (onlyValue(body, 're-enter-password') !== form.password) {
    const problem = { code: 'password-mismatch', message: 'The passwords do not match.' };
    return { kind: 'invalid', problems: [{ field: 're-enter-password', ...problem }] };
  }
  return { kind: 'valid', password: form.password };
}

/** The value of a field. A field that was sent more than once stays a list, which is invalid. */
function onlyValue(body: FormBody, name: string): unknown {
  if (!(body instanceof URLSearchParams)) return Object.hasOwn(body, name) ? body[name] : undefined;
  const values = body.getAll(name);
  return values.length > 1 ? values : values[0];
}
