// The check of names and prose: its findings, and its exceptions.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findWords } from '../../scripts/words/find-words.ts';
import { readWordList } from '../../scripts/words/word-list.ts';

const list = readWordList(readFileSync(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8'));
const words = (text: string, file = 'src/a.ts') =>
  findWords(file, text, list).map(({ line, word }) => `${line} ${word}`);

describe('the check of words', () => {
  it.each([
    ['a word of a comment', '// Returns whoever signs in.', '1 whoever'],
    ['a word of a message', "const message = 'Nobody may enter.';", '1 nobody'],
    ['a word inside a name', 'export function tellNobodyElse() {}', '1 nobody'],
    ['two words together', '/** Empty but for the name. */', '1 but for'],
    ['a comment that begins with a relative word', '/** What the page shows. */', '1 What …'],
    ['a comment that begins so on its second line', '/**\n * Whose the login is.\n */', '2 Whose …'],
    ['a participle as a local variable', 'const shown = rows.filter(isVisible);', '1 shown'],
  ])('finds %s', (_, text, expected) => {
    expect(words(text)).toEqual([expected]);
  });

  it('finds a word in the name of a file', () => {
    expect(words('', 'src/build-patience.ts')).toEqual(['0 patience']);
  });

  it.each([
    ['a word that contains another', '// A folder, a wishlist, the retold story.'],
    ['a comment that goes on in the next line', '// The application that asks.\n// What it asks for is kept.'],
    ['an opening in a document', '', 'docs/a.md'],
    ['a noun with its state', 'const shownRows = rows.filter(isVisible);'],
  ])('leaves %s alone', (_, text, file = 'src/a.ts') => {
    expect(words(file.endsWith('.md') ? 'What the policy says' : text, file)).toEqual([]);
  });

  it('refuses to run without its list', () => {
    expect(() => readWordList('# Contributing\n')).toThrow('has no table of words');
  });
});
