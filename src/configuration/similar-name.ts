/**
 * Finds the name that the user probably meant.
 *
 * @param written the name in the input
 * @param known the correct names
 * @param otherNames names for the same things in other products, in lower case
 * @returns one of `known`, or `undefined` if none is similar
 * @example findSimilarName('organisations', ['applications', 'organizations']) // 'organizations'
 */
export function findSimilarName(
  written: string,
  known: readonly string[],
  otherNames: ReadonlyMap<string, string> = new Map(),
): string | undefined {
  const plain = written.toLowerCase().replace(/[^a-z]/g, '');
  const other = otherNames.get(plain);
  if (other !== undefined) return other;
  const longer = known.find((name) => plain.length >= 4 && name.toLowerCase().startsWith(plain));
  if (longer !== undefined) return longer;
  const ranked = known
    .map((name) => ({ name, distance: editDistance(plain, name.toLowerCase()) }))
    .sort((one, another) => one.distance - another.distance);
  const nearest = ranked[0];
  return nearest !== undefined && nearest.distance <= Math.max(1, plain.length / 3) ? nearest.name : undefined;
}

/** Levenshtein's distance: how many letters to insert, remove or replace. */
function editDistance(one: string, another: string): number {
  let previous = Array.from({ length: another.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= another.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (one[row - 1] === another[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[another.length] ?? 0;
}
