/**
 * Whether a request is for the console.
 *
 * @param url as a request has it, with its query
 * @example isConsolePath('/console/users?page=2') // true
 */
export function isConsolePath(url: string): boolean {
  return /^\/console(?:[/?]|$)/.test(url);
}
