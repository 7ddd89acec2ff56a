/** A file of the console as it is sent to a browser. */
export interface ConsoleFile {
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** The built console. File names contain a digest of the content, so that browsers may cache the files. */
export interface ConsoleSite {
  /** Name of the script that starts the console. */
  readonly script: string;
  readonly stylesheet: string;
  /** A short script that is part of the page, and runs before the page is painted. */
  readonly inlineScript: string;
  /** The style sheets of the page as it is before the script has replaced its content. They are part of the page, too. */
  readonly inlineStyle: string;
  /** Modules that the script loads at once. The browser can fetch them at the same time. */
  readonly preloaded: readonly string[];
  readonly files: ReadonlyMap<string, ConsoleFile>;
}

/** Documents of the console beside the Management API, by name, with the function that creates each. */
export type ConsoleDocuments = Readonly<Record<string, (query: URLSearchParams) => unknown>>;

export interface ConsoleOptions {
  /** Called when a browser first opens the console. */
  readonly site: () => Promise<ConsoleSite>;
  /** In addition to the tenant's own documents. */
  readonly documents?: ConsoleDocuments;
  /** Changes that the administrator may ask for, by name, each with the function that makes it and returns the answer. */
  readonly changes?: Readonly<Record<string, (request: unknown) => Promise<unknown>>>;
}
