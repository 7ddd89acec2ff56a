import { CATALOGUE, type ProblemCode } from './catalogue.ts';
import type { Mistake } from './mistake.ts';

export interface ProblemDetails {
  /** The error that caused it. */
  readonly cause?: unknown;
  /** The file at fault, as an absolute path. */
  readonly file?: string | undefined;
  /** The line at fault, counted from 1. */
  readonly line?: number | undefined;
  /** Every mistake, if the input was read and its values are wrong. */
  readonly mistakes?: readonly Mistake[];
}

/**
 * The error type of all of Portcullis: something that the user can correct. A problem never holds a secret, a token or an
 * e-mail address.
 *
 * @example
 * throw new Problem('file_exists', `${file} exists already.`, 'Replace it: --overwrite');
 */
export class Problem extends Error {
  override readonly name = 'Problem';
  /** Stable: scripts may compare it. Documented in docs/errors.md. */
  readonly code: ProblemCode;
  /** The next step. */
  readonly remedy: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly mistakes: readonly Mistake[];

  /**
   * @param code from the catalogue
   * @param message what happened, and why
   * @param remedy what to do next, with the exact command; the catalogue's remedy if omitted
   */
  constructor(
    code: ProblemCode,
    message: string,
    remedy: string = CATALOGUE[code].remedy,
    { file, line, mistakes = [], ...options }: ProblemDetails = {},
  ) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
    this.file = file;
    this.line = line;
    this.mistakes = mistakes;
  }

  /** The same problem with a remedy that fits the command. */
  withRemedy(remedy: string): Problem {
    const { code, message, file, line, mistakes } = this;
    return new Problem(code, message, remedy, { cause: this, file, line, mistakes });
  }
}
