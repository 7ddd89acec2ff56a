import { createHash } from 'node:crypto';

/** Where it is kept which addresses were added: in the metadata of the Action's own application. */
export const ADDED_KEY = 'portcullis_added';

/** Auth0 docs, "Application Metadata": 255 characters a value. */
const LONGEST = 255;

/** An address that a guarded application allows. */
export interface AllowedUrl {
  readonly clientId: string;
  readonly field: 'callbacks' | 'allowed_logout_urls';
  readonly url: string;
}

/**
 * Remembers what was added, so that `portcullis destroy` can take it out again and nothing else. Where there is no more
 * room, an address is not remembered, and stays.
 *
 * @param text what is remembered already
 * @example rememberAdded(undefined, [{ clientId: 'b1Xk…', field: 'callbacks', url: 'https://…' }]) // '3f0c91ab'
 */
export function rememberAdded(text: string | undefined, urls: readonly AllowedUrl[]): string {
  const known = (text ?? '').split(',').filter((one) => one !== '');
  const marks = [...new Set([...known, ...urls.map(markOf)])];
  while (marks.join(',').length > LONGEST) marks.pop();
  return marks.join(',');
}

/** Whether an address was added by us. */
export function wasAdded(text: string | undefined, url: AllowedUrl): boolean {
  return (text ?? '').split(',').includes(markOf(url));
}

function markOf({ clientId, field, url }: AllowedUrl): string {
  return createHash('sha256')
    .update(JSON.stringify([clientId, field, url]))
    .digest('hex')
    .slice(0, 8);
}
