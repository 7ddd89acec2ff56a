/** Why a command could not be run. The message says what happened; `remedy` says what to do next. */
export class CliError extends Error {
  override readonly name = 'CliError';
  /** Stable, in small letters. */
  readonly code: string;
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
