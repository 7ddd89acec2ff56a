/** One code of the catalogue. */
export interface ProblemEntry {
  /** The event that ends a command with this code. One sentence. */
  readonly meaning: string;
  /** The next step, unless the problem itself has a more exact remedy. */
  readonly remedy: string;
  /** The exit status of a command that ends with this code; 2 unless set. */
  readonly exitStatus?: 130;
}

/** Codes of one area. Codes are stable: scripts compare them. */
export type ProblemEntries = Readonly<Record<string, ProblemEntry>>;
