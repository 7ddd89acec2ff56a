/** SQL allows 4,000 bytes in a literal, SQL*Plus some 2,500 characters in a line. */
const LONGEST_PIECE = 800;
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Writes any text as an SQL expression in ASCII with the same value. Quotes are doubled. Characters that are not printable
 * ASCII, including line ends, are written with `unistr`, so that neither a character set nor a line end can change
 * the text; a long text is concatenated from pieces. An empty text is `null`, as in the database.
 *
 * @param ampersand `escaped` if the script has substitution switched on
 * @example sqlLiteral("O'Neill") // "'O''Neill'"
 */
export function sqlLiteral(text: string, ampersand: 'plain' | 'escaped' = 'escaped'): string {
  if (text === '') return 'null';
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (piece.length + character.length > LONGEST_PIECE / 5) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  pieces.push(piece);
  return pieces.map((one) => literal(one, ampersand)).join(' ||\n      ');
}

function literal(text: string, ampersand: 'plain' | 'escaped'): string {
  const escapeAmpersand = ampersand === 'escaped' && text.includes('&');
  const quoted = text.replaceAll("'", "''");
  if (PLAIN.test(text) && !escapeAmpersand) return `'${quoted}'`;
  const units = quoted
    .replaceAll('\\', '\\\\')
    .replace(/[^\x20-\x7e]/g, (unit) => codeUnit(unit))
    .replaceAll('&', ampersand === 'escaped' ? codeUnit('&') : '&');
  return `to_char(unistr('${units}'))`;
}

function codeUnit(unit: string): string {
  return `\\${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
