export type TenantErrorCode =
  | 'port_in_use'
  | 'port_forbidden'
  | 'data_folder_foreign'
  | 'data_folder_in_use'
  | 'data_folder_unusable';

/** The reason why a tenant could not start. The message says what happened; `remedy` says what to do next. */
export class TenantError extends Error {
  override readonly name = 'TenantError';
  readonly code: TenantErrorCode;
  readonly remedy: string;

  constructor(code: TenantErrorCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
