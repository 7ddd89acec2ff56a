/**
 * What was typed into a field that takes several: one a line, or with commas between them.
 *
 * @example
 * linesOf('https://a.example\n\nhttps://b.example') // ['https://a.example', 'https://b.example']
 */
export function linesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);
}
