/**
 * A path or name as one word of a command that is to be copied; a `.env` file takes it so as well.
 *
 * @example shellWord("my gate") // "'my gate'"
 */
export function shellWord(text: string): string {
  return /^[\w./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
