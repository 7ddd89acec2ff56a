export type StandInErrorCode = 'invalid_option' | 'port_in_use' | 'cannot_listen';

/** The stand-in could not be started. The message says what happened, why, and what to do. */
export class StandInError extends Error {
  readonly code: StandInErrorCode;

  constructor(code: StandInErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StandInError';
    this.code = code;
  }
}
