export type ActionBundleErrorCode =
  | 'no_applications'
  | 'role_without_id'
  | 'invalid_domain'
  | 'invalid_logout_origin'
  | 'action_too_large';

/** The policy or the settings cannot be made into an Action. The message says what to do. */
export class ActionBundleError extends Error {
  readonly code: ActionBundleErrorCode;

  constructor(code: ActionBundleErrorCode, message: string) {
    super(message);
    this.name = 'ActionBundleError';
    this.code = code;
  }
}
