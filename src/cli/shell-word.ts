/**
 * Quotes a path or name as one word of a shell command to copy. A `.env` file accepts the same form.
 *
 * @example shellWord("my gate") // "'my gate'"
 */
export function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
