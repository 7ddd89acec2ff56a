export type DeploymentErrorCode =
  | 'application_not_found'
  | 'application_ambiguous'
  | 'unowned_action'
  | 'unowned_application'
  | 'other_trigger'
  | 'position_unknown'
  | 'apply_in_progress'
  | 'tenant_changed'
  | 'check_failed'
  | 'plan_unusable'
  | 'build_failed'
  | 'build_timeout'
  | 'secret_unreadable'
  | 'export_failed'
  | 'export_timeout'
  | 'export_unreadable'
  | 'folder_unusable'
  | 'nothing_deployed'
  | 'version_unknown'
  | 'version_unusable'
  | 'not_applied'
  | 'report_unusable';

/** Why the policy could not be put on the tenant. Nothing of it holds a secret. */
export class DeploymentError extends Error {
  override readonly name = 'DeploymentError';
  readonly code: DeploymentErrorCode;
  /** What to do next. */
  readonly remedy: string;

  constructor(code: DeploymentErrorCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
