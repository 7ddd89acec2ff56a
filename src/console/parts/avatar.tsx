/** The first letters of a name in a circle. A picture from elsewhere would be a request that leaves the machine. */
export function Avatar({ name }: { name: string }) {
  return (
    <span className="mark round" aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/**
 * The first letters of the first and the last word of a name.
 *
 * @example
 * initialsOf('Ada King Lovelace') // 'AL'
 */
function initialsOf(name: string): string {
  const words = name.split('@')[0]?.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toUpperCase();
}
