// Finds the words that CONTRIBUTING.md asks to avoid in one file: in its name, its names and its prose.
import type { WordList } from './word-list.ts';

/** A word to replace, and its place. Lines count from 1; line 0 is the file's name. */
export interface WordFinding {
  readonly file: string;
  readonly line: number;
  readonly word: string;
}

const commentStart = /^\s*(?:\/\/|\/\*\*?|\*|\{\/\*)\s+(?<word>[A-Z][a-z]+)\b/;
const commentLine = /^\s*(?:\/\/|\*)/;
const declaration = /\b(?:const|let)\s+(?<word>[A-Za-z]+)\b/g;

/**
 * Returns every finding of one file, in the order of its lines.
 *
 * @example
 * findWords('src/a.ts', '// What it does.\n', list); // [{ file: 'src/a.ts', line: 1, word: 'What …' }]
 */
export function findWords(file: string, text: string, list: WordList): WordFinding[] {
  const avoided = new RegExp(`\\b(?:${list.words.map((word) => word.replaceAll(' ', '\\s')).join('|')})\\b`, 'gi');
  const openings = new Set(list.openings);
  const locals = new Set(list.locals);
  const findings: WordFinding[] = [];
  const lines = text.split('\n');
  for (const [index, line] of [file, ...lines].entries()) {
    const report = (word: string) => findings.push({ file, line: index, word });
    for (const [word] of separateNames(line).matchAll(avoided)) report(word.toLowerCase());
    if (index === 0 || file.endsWith('.md')) continue;
    const opening = commentStart.exec(line)?.groups?.word;
    // A line that continues the comment of the line before may begin with any word.
    const begins = !commentLine.test(lines[index - 2] ?? '') || /^\s*\/\*/.test(line);
    if (opening !== undefined && begins && openings.has(opening)) report(`${opening} …`);
    for (const { groups } of line.matchAll(declaration)) {
      const word = groups?.word ?? '';
      if (locals.has(word)) report(word);
    }
  }
  return findings;
}

/** Splits a name into its words: `whoSignsIn` and `who-signs-in` become `who Signs In` and `who signs in`. */
function separateNames(line: string): string {
  return line.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').replaceAll(/(?<=\w)[-_](?=\w)/g, ' ');
}
