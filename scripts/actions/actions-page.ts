import { actionsTables } from './actions-tables.ts';

const BEGIN = '<!-- What follows is made by `npm run supported:actions`. -->';
const END = '<!-- What was made ends here. -->';

/**
 * The page with its tables made anew; what stands around them stays.
 *
 * @throws Error where the page has no place for them
 * @example
 * writeFileSync('docs/actions.md', withTables(readFileSync('docs/actions.md', 'utf8')));
 */
export function withTables(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error('The page has no place for the tables.');
  return `${page.slice(0, begin)}${BEGIN}\n\n${actionsTables()}\n\n${page.slice(end)}`;
}
