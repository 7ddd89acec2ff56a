/** One mistake in what the user wrote. */
export interface Mistake {
  /** Its place: `['organizations', 0, 'domains', 1]`. Empty for the whole value. */
  readonly path: readonly (string | number)[];
  /** The same for people: `organizations[0].domains[1]`. */
  readonly field: string;
  /** The value that would have been right, such as `a list of domains`. */
  readonly expected: string;
  /** The present value, such as `the text "water"`. Never a secret or an e-mail address. */
  readonly found: string;
  /** How to correct it; one sentence or more. Empty if `expected` is enough. */
  readonly advice: string;
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
 * @example formatMistake(mistake) // 'claim: expected a namespaced URL, found the text "roles". Auth0 drops …'
 */
export function formatMistake({ field, expected, found, advice }: Mistake): string {
  const where = field === '' ? '' : `${field}: `;
  return `${where}expected ${expected}, found ${found}.${advice === '' ? '' : ` ${advice}`}`;
}
