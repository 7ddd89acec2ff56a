/** Why an export cannot be read. `code` is stable; the message says what happened, `remedy` what to do next. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
  readonly code: ExportErrorCode;
  readonly remedy: string;

  constructor(code: ExportErrorCode, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}

export type ExportErrorCode =
  | 'export_unreadable'
  | 'export_too_large'
  | 'export_binary'
  | 'export_archive_invalid'
  | 'export_foreign'
  | 'export_truncated'
  | 'export_ambiguous';

/** How an export is made anew; the end of most remedies. */
export const EXPORT_ANEW =
  'Export it anew: App Builder > the application > Export / Import > Export, or in SQLcl: apex export -applicationid N';
