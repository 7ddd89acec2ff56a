/** Why the Management API did not do what it was asked. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  /** Of the answer; 0 where there was none. */
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What to do about it, in one sentence, where there is something to do. */
export function remedyFor(error: unknown): string | undefined {
  if (!(error instanceof ManagementError)) return undefined;
  switch (error.status) {
    case 0:
      return 'Is the tenant still running? This page goes on by itself when it is back.';
    case 403:
      return 'The console has not been given this scope. Sign out, and sign in as the administrator.';
    case 404:
      return 'Somebody may have deleted it meanwhile. Go back to the list.';
    case 409:
      return 'Choose another name.';
    case 431:
      return 'What was searched for is too long.';
    case 429:
      return 'Wait a few seconds, and try again.';
    default:
      return undefined;
  }
}

/** The code of the Management API's answer, if it has one. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof ManagementError ? error.code : undefined;
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
