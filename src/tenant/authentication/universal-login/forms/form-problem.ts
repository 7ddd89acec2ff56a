/** A problem of a submitted form: the field (`form` for the whole form), and a sentence for the user. */
export interface FormProblem<Field extends string = string> {
  readonly field: Field | 'form';
  /** A stable code for scripts, which the page shows as `data-error-code`. It is Auth0's code if Auth0 has one. */
  readonly code: string;
  readonly message: string;
}

/** The reasons for which the login page refuses a sign-in. */
export const loginReasons = [
  'wrong_password',
  'unknown_user',
  'blocked',
  'no_connection',
  'too_many_attempts',
  'suspicious_address',
  'invalid_profile',
] as const;

/**
 * The login page's message for a refused sign-in. An unknown user and a wrong password have the same message, so that
 * the page does not reveal which users exist.
 *
 * @example
 * loginPage({ ...view, problems: [loginProblem('wrong_password')] });
 * @see Auth0 docs: "Customize Universal Login Text Elements", prompt `login`.
 */
export function loginProblem(reason: (typeof loginReasons)[number]): FormProblem<'password'> {
  switch (reason) {
    case 'wrong_password':
    case 'unknown_user':
      return { field: 'password', code: 'wrong-email-credentials', message: 'Wrong email or password' };
    case 'blocked':
      return {
        field: 'form',
        code: 'user-blocked',
        message: 'Your account has been blocked. Ask the operator of this tenant to unblock it.',
      };
    case 'too_many_attempts':
      return {
        field: 'form',
        code: 'user-blocked',
        message: 'Your account has been blocked after multiple consecutive login attempts.',
      };
    case 'suspicious_address':
      return {
        field: 'form',
        code: 'ip-blocked',
        message:
          'We have detected suspicious login behavior and further attempts will be blocked. Please contact the administrator.',
      };
    case 'no_connection':
      return {
        field: 'form',
        code: 'no-connection',
        message:
          'This application does not allow users to sign in that way. Enable the connection for it and try again.',
      };
    case 'invalid_profile':
      return {
        field: 'form',
        code: 'invalid-profile',
        message: 'The identity provider sent a profile that cannot be used. Choose another user.',
      };
  }
}

/** The sign-up page's message for an address that an invitation is not for. */
export function invitationProblem(email: string): FormProblem<'email'> {
  return { field: 'email', code: 'invitation-email', message: `The invitation is for ${email}.` };
}
