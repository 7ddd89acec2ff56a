/**
 * Finds a line of an earlier text in a later one, from the lines before and after the change.
 *
 * @param line starts at 1
 * @returns `undefined` if the line was changed or removed
 * @example
 * movedLine('one\ntwo', 'zero\none\ntwo', 2) // 3
 */
export function movedLine(before: string, after: string, line: number): number | undefined {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  if (line <= start) return line;
  let end = 0;
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return line > old.length - end && line <= old.length ? line + now.length - old.length : undefined;
}
