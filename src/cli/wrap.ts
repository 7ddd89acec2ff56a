/**
 * Breaks a line of plain text between words, so that it fits a terminal. Later lines are indented. A word that is longer
 * than a line stays whole.
 *
 * @param columns width of the terminal, indentation included
 * @param indent columns before each later line
 * @example wrap('one two three', 9, 2) // ['one two', '  three']
 */
export function wrap(text: string, columns: number, indent: number): string[] {
  const margin = /^ */.exec(text)?.[0] ?? '';
  const lines: string[] = [];
  let line = '';
  for (const word of text.trim().split(' ')) {
    const start = lines.length === 0 ? margin : ' '.repeat(indent);
    if (line === '') line = `${start}${word}`;
    else if (line.length + 1 + word.length <= columns) line = `${line} ${word}`;
    else {
      lines.push(line);
      line = `${' '.repeat(indent)}${word}`;
    }
  }
  return [...lines, line];
}
