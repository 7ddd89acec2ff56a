/** An error of the Management API, or of the connection to it. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  /** HTTP status of the response; 0 without a response. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The remedy for an error, in a sentence or two; `undefined` if there is none. */
export function remedyFor(error: unknown): string | undefined {
  if (!(error instanceof ManagementError)) return undefined;
  // All that the Management API says, as on Auth0.
  if (error.message.startsWith('PasswordStrengthError'))
    return 'Unless its database says otherwise, a password has 8 characters or more, of three kinds: lower case, upper case, digits, others.';
  switch (error.status) {
    case 0:
      return 'Is the tenant still running? This page continues by itself when it is back.';
    case 403:
      return 'The access token of the console does not have this scope. Sign out, and sign in as the administrator.';
    case 404:
      return 'It may have been deleted meanwhile. Go back to the list.';
    case 409:
      return 'Choose another name.';
    case 431:
      return 'The search is too long.';
    case 429:
      return 'Wait a few seconds, and try again.';
    default:
      return undefined;
  }
}

/** The code in the Management API's response, if there is one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof ManagementError ? error.code : undefined;
}

/** The message of an error, or of any other thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
