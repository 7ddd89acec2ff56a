// Checks that names, comments and documents use the field's words, by the list in CONTRIBUTING.md. A part of `npm run lint`;
// `npm run lint:words -- src/policy` checks only some folders.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findWords } from './words/find-words.ts';
import { readWordList } from './words/word-list.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const read = (file: string) => readFileSync(`${root}${file}`, 'utf8');
const folders = process.argv.slice(2);
const kinds = ['*.ts', '*.tsx', '*.mjs', '*.cjs', '*.css', '*.sql', '*.md', '.ci/run'];
const tracked = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', ...kinds],
  {
    cwd: root,
    encoding: 'utf8',
  },
).split('\n');
const deleted = new Set(execFileSync('git', ['ls-files', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\n'));
const files = tracked.filter(
  (file) =>
    file !== '' && !deleted.has(file) && (folders.length === 0 || folders.some((folder) => file.startsWith(folder))),
);
const list = readWordList(read('CONTRIBUTING.md'));
const findings = files
  // The list itself, and its test, contain the words.
  .filter((file) => file !== 'CONTRIBUTING.md' && file !== 'test/architecture/words.test.ts')
  .flatMap((file) => findWords(file, read(file), list));
for (const { file, line, word } of findings) console.error(`${file}:${line}: ${word}`);
if (findings.length > 0) {
  console.error(`${findings.length} words to replace: CONTRIBUTING.md, "Words", says what to write instead.`);
  process.exitCode = 1;
} else console.log(`${files.length} files checked for words: none to replace.`);
