/** How the user signed in: `event.authentication.methods[].name`. */
export type LoginMethod = 'pwd' | 'federated';

const PREFIX = 'urn:tenant:connection:';

/**
 * The value of `acr` in which the library's session and tokens carry the connection of the login. This tenant has no other use
 * for the authentication context class, and no token shows it.
 *
 * @example
 * session.acr === acrOf('con_1');
 */
export function acrOf(connectionId: string): string {
  return PREFIX + connectionId;
}

/** The id of the connection that an `acr` carries. */
export function connectionOfAcr(acr: string | undefined): string | undefined {
  return acr?.startsWith(PREFIX) === true ? acr.slice(PREFIX.length) : undefined;
}

/** Seconds since 1970 as a timestamp. */
export function timestamp(seconds: number | undefined): string {
  return new Date((seconds ?? Math.floor(Date.now() / 1000)) * 1000).toISOString();
}
