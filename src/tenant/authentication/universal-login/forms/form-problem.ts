/** What is wrong with a form that was sent: which field (`form` for the whole of it), and a sentence for the person. */
export interface FormProblem<Field extends string = string> {
  readonly field: Field | 'form';
  /** Stable, for scripts: it is put into the page as `data-error-code`. Where Auth0 has a code, it is Auth0's. */
  readonly code: string;
  readonly message: string;
}

/**
 * What the login page says when a sign-in was refused.
 * An unknown user and a wrong password read the same, so that the page does not tell who has an account.
 *
 * @example
 * loginPage({ ...view, problems: [loginProblem('wrong_password')] });
 * @see Auth0 docs: "Customize Universal Login Text Elements", prompt `login`.
 */
export function loginProblem(
  reason: 'wrong_password' | 'unknown_user' | 'blocked' | 'no_connection' | 'too_many_attempts' | 'invalid_profile',
): FormProblem<'password'> {
  switch (reason) {
    case 'wrong_password':
    case 'unknown_user':
      return { field: 'password', code: 'wrong-email-credentials', message: 'Wrong email or password' };
    case 'blocked':
      return {
        field: 'form',
        code: 'user-blocked',
        message: 'Your account has been blocked. Ask whoever runs this tenant to unblock it.',
      };
    case 'too_many_attempts':
      return {
        field: 'form',
        code: 'user-blocked',
        message: 'Your account has been blocked after multiple consecutive login attempts.',
      };
    case 'no_connection':
      return {
        field: 'form',
        code: 'no-connection',
        message: 'This application does not let people sign in that way. Enable the connection for it and try again.',
      };
    case 'invalid_profile':
      return {
        field: 'form',
        code: 'invalid-profile',
        message: 'The identity provider sent a profile that cannot be used. Choose another user.',
      };
  }
}
