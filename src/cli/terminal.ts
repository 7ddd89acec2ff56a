import type { Readable, Writable } from 'node:stream';

/** A standard output, which may be a terminal. */
export type TerminalOutput = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/**
 * The width of an output in columns.
 *
 * @returns `undefined` if it is no terminal, or one that does not know its width and reports 0
 * @example widthOf(terminal.stdout) ?? 80
 */
export function widthOf({ columns = 0 }: TerminalOutput): number | undefined {
  return columns > 0 ? columns : undefined;
}

/**
 * Everything that a command knows of the process that runs it. Commands read nothing else of the process, so that several
 * can run in one process, each with its own terminal.
 */
export interface Terminal {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: TerminalOutput;
  readonly stderr: TerminalOutput;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The working directory: paths in arguments are relative to it. */
  readonly folder: string;
  /**
   * Calls back on a signal, which no longer ends the process at once. A second signal ends it. The end of the process that
   * started this one counts as SIGHUP.
   *
   * @returns a function that stops listening
   */
  onSignal(listener: (signal: NodeJS.Signals) => void): () => void;
  /** Trusts certificate authorities in addition to the public ones, until the command ends. */
  trustCertificates(pem: string): void;
}
