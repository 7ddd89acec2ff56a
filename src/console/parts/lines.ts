/**
 * The values in a field that takes several: one a line, or separated by commas.
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
