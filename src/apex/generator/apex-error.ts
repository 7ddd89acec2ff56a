export type ApexErrorCode = 'apex_version_unknown' | 'apex_value_invalid' | 'apex_sql_unsafe' | 'apex_text_too_long';

/** The APEX side could not be written. The message says what happened; `remedy` what to do next. */
export class ApexError extends Error {
  override readonly name = 'ApexError';
  readonly code: ApexErrorCode;
  readonly remedy: string;

  constructor(code: ApexErrorCode, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
