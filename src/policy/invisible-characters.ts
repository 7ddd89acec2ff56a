/**
 * Characters that are not visible, by first and last code: white space, those that Unicode calls ignorable, and the empty cell of Braille. Numbers,
 * since code that is read by others holds no invisible character.
 */
export const INVISIBLE_CHARACTERS: readonly (readonly [first: number, last: number])[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0xad, 0xad],
  [0x034f, 0x034f],
  [0x061c, 0x061c],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x2800, 0x2800],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
];

/**
 * Whether a text has a character that can be seen. A role that is a prefix and nothing that can be seen names no organisation.
 *
 * @example
 * hasVisibleCharacter('\u200b '); // false
 */
export function hasVisibleCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!INVISIBLE_CHARACTERS.some(([first, last]) => code >= first && code <= last)) return true;
  }
  return false;
}
