/** How a person proved who they are: `event.authentication.methods[].name`. */
export type ProofMethod = 'pwd' | 'federated';

const PREFIX = 'urn:tenant:connection:';

/**
 * The connection somebody signed in through, as the library's session and tokens carry it: in the place of the
 * authentication context class, which this tenant has no other use for and which no token shows.
 *
 * @example
 * session.acr === contextOf('con_1');
 */
export function contextOf(connectionId: string): string {
  return PREFIX + connectionId;
}

/** The connection's id. */
export function connectionOfContext(acr: string | undefined): string | undefined {
  return acr?.startsWith(PREFIX) === true ? acr.slice(PREFIX.length) : undefined;
}

/** Seconds since 1970 as a timestamp. */
export function timestamp(seconds: number | undefined): string {
  return new Date((seconds ?? Math.floor(Date.now() / 1000)) * 1000).toISOString();
}
