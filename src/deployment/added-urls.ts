import { createHash } from 'node:crypto';

/** The metadata key of the Action's own application that stores which URLs were added. */
export const ADDED_KEY = 'portcullis_added';

/** Auth0 docs, "Application Metadata": 255 characters a value. */
const LONGEST = 255;

/** A URL that a guarded application allows. */
export interface AllowedUrl {
  readonly clientId: string;
  readonly field: 'callbacks' | 'allowed_logout_urls';
  readonly url: string;
}

/**
 * Records added URLs, so that `portcullis destroy` can remove these and no others. If there is no more room, a URL is not
 * recorded, and `destroy` leaves it.
 *
 * @param text the existing record
 * @example rememberAdded(undefined, [{ clientId: 'b1Xk…', field: 'callbacks', url: 'https://…' }]) // '3f0c91ab'
 */
export function rememberAdded(text: string | undefined, urls: readonly AllowedUrl[]): string {
  const known = (text ?? '').split(',').filter((one) => one !== '');
  const marks = [...new Set([...known, ...urls.map(markOf)])];
  while (marks.join(',').length > LONGEST) marks.pop();
  return marks.join(',');
}

/** Whether Portcullis added a URL. */
export function wasAdded(text: string | undefined, url: AllowedUrl): boolean {
  return (text ?? '').split(',').includes(markOf(url));
}

function markOf({ clientId, field, url }: AllowedUrl): string {
  return createHash('sha256')
    .update(JSON.stringify([clientId, field, url]))
    .digest('hex')
    .slice(0, 8);
}
