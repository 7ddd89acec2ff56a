/** A file of the console as a browser gets it. */
export interface ConsoleFile {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** The console as it was built. Names of files carry a digest of their content, so that a browser may keep them. */
export interface ConsoleSite {
  /** Of the script that starts it. */
  readonly script: string;
  readonly stylesheet: string;
  /** What the script loads at once; the browser may fetch it at the same time. */
  readonly preloaded: readonly string[];
  readonly files: ReadonlyMap<string, ConsoleFile>;
}

/** What the console shows that is not the Management API's: a name, and how its content is made. */
export type ConsoleDocuments = Readonly<Record<string, (query: URLSearchParams) => unknown>>;

export interface ConsoleOptions {
  /** Asked for when a browser first opens the console. */
  readonly site: () => Promise<ConsoleSite>;
  /** Beside the tenant's own. */
  readonly documents?: ConsoleDocuments;
}
