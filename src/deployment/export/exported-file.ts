/** A file of an export. */
export interface ExportedFile {
  /** Below the folder of the export, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** What a tool that is not ours is given to bring a tenant into the desired state. */
export interface ExportedState {
  readonly files: readonly ExportedFile[];
  /** Whether that is all; `false` where the Action names things that the tenant does not have yet. */
  readonly complete: boolean;
}
