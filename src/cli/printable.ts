/**
 * Makes text from elsewhere safe to print. Control characters, which could move the cursor, colour the screen or hide
 * text, are shown as their codes.
 *
 * @example printable('a\u001b[31mb') // 'a\\u{1b}[31mb'
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
