const MOST_AT_ONCE = 100;

/** The parameters of `api.roles` and `api.groups` for one page of a list. */
export interface PageParameters {
  readonly take?: unknown;
  readonly from?: unknown;
}

/**
 * @returns how many to return at most, and from which position
 * @throws {Error} in Auth0's words if a parameter is not valid
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
