/** A file of an export. */
export interface ExportedFile {
  /** The path below the folder of the export, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** The files from which another tool brings a tenant into the desired state. */
export interface ExportedState {
  readonly files: readonly ExportedFile[];
  /** Whether the export is complete; `false` if the Action refers to items that the tenant does not have yet. */
  readonly complete: boolean;
}
