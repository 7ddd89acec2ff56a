const MOST_AT_ONCE = 100;

/** What `api.roles` and `api.groups` take to give out a list in parts. */
export interface PageParameters {
  readonly take?: unknown;
  readonly from?: unknown;
}

/**
 * @returns how many to give at most, and from where on
 * @throws {Error} in Auth0's words, where it takes neither
 */
export function pageOf({ take, from }: PageParameters): { take: number; from?: string } {
  if (from !== undefined && typeof from !== 'string') {
    throw new Error('The "from" parameter must be a string if provided.');
  }
  if (take !== undefined && !(Number.isInteger(take) && Number(take) > 0)) {
    throw new Error('The "take" parameter must be a positive integer if provided.');
  }
  if (Number(take) > MOST_AT_ONCE) throw new Error(`The "take" parameter must be at most ${MOST_AT_ONCE}.`);
  return { take: take === undefined ? 50 : Number(take), ...(from !== undefined && { from }) };
}
