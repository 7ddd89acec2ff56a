/** What kind of mistake it is. Stable: scripts may rely on it. */
export type ConfigurationErrorCode =
  | 'file_missing'
  | 'file_unreadable'
  | 'file_syntax'
  | 'file_import'
  | 'file_threw'
  | 'file_never_finished'
  | 'file_without_default_export'
  | 'policy_invalid'
  | 'configuration_invalid'
  | 'domain_mismatch'
  | 'environment_incomplete'
  | 'environment_invalid';

/** One mistake in a configuration. */
export interface ConfigurationProblem {
  /** Where it is: `['organizations', 0, 'domains', 1]`. Empty for the whole value. */
  readonly path: readonly (string | number)[];
  /** The same for people: `organizations[0].domains[1]`. */
  readonly field: string;
  /** What would have been right, such as `a list of domains`. */
  readonly expected: string;
  /** What is there instead, such as `the text "water"`. Never a secret or an e-mail address. */
  readonly found: string;
  /** What to do about it; one sentence or more. Empty where `expected` says it all. */
  readonly advice: string;
}

interface ConfigurationErrorDetails {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly problems?: readonly ConfigurationProblem[];
}

/**
 * A configuration that cannot be used. Its message is meant for the person who wrote the file: it says what happened,
 * why, and what to do next, and may have several lines.
 *
 * @example
 * try { await loadConfiguration() } catch (error) {
 *   if (error instanceof ConfigurationError) console.error(error.message);
 * }
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly code: ConfigurationErrorCode;
  /** The file at fault, as an absolute path, where there is one. */
  readonly file: string | undefined;
  /** The line at fault, counted from 1, where it is known. */
  readonly line: number | undefined;
  /** Every mistake, where the file was read and what it holds is wrong. */
  readonly problems: readonly ConfigurationProblem[];

  constructor(code: ConfigurationErrorCode, message: string, details: ConfigurationErrorDetails = {}) {
    super(message);
    this.code = code;
    this.file = details.file;
    this.line = details.line;
    this.problems = details.problems ?? [];
  }
}

/**
 * Writes a path as it is written in code.
 *
 * @example formatPath(['organizations', 0, 'role']) // 'organizations[0].role'
 */
export function formatPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/**
 * Writes one mistake as one line.
 *
 * @example formatProblem(problem) // 'claim: expected a namespaced URL, found the text "roles". Auth0 drops …'
 */
export function formatProblem({ field, expected, found, advice }: ConfigurationProblem): string {
  const where = field === '' ? '' : `${field}: `;
  return `${where}expected ${expected}, found ${found}.${advice === '' ? '' : ` ${advice}`}`;
}
