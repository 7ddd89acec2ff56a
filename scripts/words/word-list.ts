// Reads the word list from CONTRIBUTING.md, "Words". The list is written only there.

/** The words that prose and names of this repository avoid. */
export interface WordList {
  /** Words that occur neither in prose nor inside a name. */
  readonly words: readonly string[];
  /** Words with which no comment begins. */
  readonly openings: readonly string[];
  /** Names that no local variable has. */
  readonly locals: readonly string[];
}

/**
 * Reads the word list from the text of CONTRIBUTING.md.
 *
 * @throws Error if one of the three lists is missing, so that the check cannot pass by reading nothing
 * @example
 * readWordList(readFileSync('CONTRIBUTING.md', 'utf8')).openings; // ['Of', …]
 */
export function readWordList(contributing: string): WordList {
  return {
    words: listAfter(contributing, 'Use instead'),
    openings: listAfter(contributing, 'A comment begins with'),
    locals: listAfter(contributing, 'A local variable is'),
  };
}

/** Words in backquotes in the first column of the table whose second column has this title. */
function listAfter(contributing: string, title: string): string[] {
  const rows = contributing.split('\n');
  const head = rows.findIndex((row) => row.startsWith('|') && row.includes(`| ${title}`));
  const end = rows.findIndex((row, index) => index > head && !row.startsWith('|'));
  const words = rows.slice(head + 2, end).flatMap((row) => {
    const [, first = ''] = row.split('|');
    return [...first.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
  });
  if (head === -1 || words.length === 0) throw new Error(`CONTRIBUTING.md has no table of words headed "${title}".`);
  return words;
}
