/** Why an Action could not be made, changed, deployed, bound or run; stable, to be tested for. */
export type ActionErrorCode =
  | 'not_found'
  | 'not_built'
  | 'build_failed'
  | 'bound'
  | 'name_taken'
  | 'not_deployed'
  | 'unknown_trigger'
  | 'too_large'
  | 'too_many'
  | 'in_use'
  | 'nothing_to_publish'
  | 'already_draft'
  | 'invalid';

/** Every error that the Actions side throws on purpose. The message never quotes a secret. */
export class ActionError extends Error {
  override readonly name = 'ActionError';
  readonly code: ActionErrorCode;

  constructor(code: ActionErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
