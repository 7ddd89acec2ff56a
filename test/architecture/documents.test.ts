// The documents: every command has its page, and every link has a target.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT_STATUS } from '../../src/cli/exit-status.ts';
import { checks } from '../../src/deployment/verify/verify-deployment.ts';
import { commandTree } from '../cli/command-tree.ts';
import { commandsOf, linksOf, readDocument as read, typedCommands } from '../cli/document-content.ts';
import { JOURNEYS } from '../cli/document-journeys.ts';

const root = resolve(import.meta.dirname, '../..');
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).trim().split('\n');

const NAMES_ALONE = 'it names commands in its sentences, and gives nothing to type';
const CHECKOUT = 'its commands are those of a checkout, which run these tests themselves';
/** Documents whose commands no test types, and why. */
const NOT_TYPED: readonly (readonly [file: RegExp, why: string])[] = [
  [/^(ARCHITECTURE|CHANGELOG|SECURITY)\.md$/, NAMES_ALONE],
  [/^docs\/(README|decisions\/.*|errors|policy|testing|the-loop|supported|settings)\.md$/, NAMES_ALONE],
  [/^(CONTRIBUTING|docs\/performance|docs\/reliability)\.md$/, CHECKOUT],
  [
    /^docs\/continuous-integration\.md$/,
    'test/cli/continuous-integration.long.test.ts runs its configurations; the rest of it names commands',
  ],
  [/^docs\/article\/README\.md$/, 'test/console/article.test.ts walks through it; what it types, other pages type'],
];

/** Anchors as GitHub creates them: `## The APEX side` is `#the-apex-side`. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

/** The arguments of the commands of Portcullis in a document. */
function commandLinesOf(text: string): string[] {
  return commandsOf(text).flatMap(({ line }) => /^(?:npx )?portcullis (.*?)(?:\s+[>&].*)?$/.exec(line)?.[1] ?? []);
}

/** Whether the commands of a line exist, and the options too. */
function isTypedRight(line: string): boolean {
  let command = commandTree();
  // The command that `exec` runs is another program's.
  const words = line.split(/\s--\s/)[0]?.split(/\s+/) ?? [];
  for (let name = words.shift(); name !== undefined; name = words.shift()) {
    const next = command.commands.find((one) => one.name() === name);
    if (next === undefined) {
      words.unshift(name);
      break;
    }
    command = next;
  }
  const isCommand = command.parent !== null || words[0]?.startsWith('-');
  const known = new Set(
    [...command.options, ...commandTree().options].flatMap(({ long }) => long ?? []).concat('--help'),
  );
  return Boolean(isCommand) && words.every((word) => !word.startsWith('--') || known.has(word.replace(/=.*/, '')));
}

describe('the documents', () => {
  it('have links, and every link has a target', () => {
    const links = documents.flatMap((file) => linksOf(read(file)).map((to) => ({ file, to })));
    expect(links.length).toBeGreaterThan(100);
    const broken = links.filter(({ file, to }) => {
      const [path = '', anchor] = to.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(['README.md', 'CHANGELOG.md', 'docs/commands/verify.md'])(
    'state in %s how many checks verify has',
    (file) => {
      const counts = [...read(file).matchAll(/(\d+) checks\b/g)].map(([, count]) => Number(count));
      expect(counts).toEqual([checks.length]);
    },
  );

  it('state every exit status of the commands', () => {
    const [, table = ''] = read('docs/commands/README.md').split('## Exit statuses');
    const statuses = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, status]) => Number(status));
    expect(statuses).toEqual(Object.values(EXIT_STATUS));
  });

  it('name commands and options that exist', () => {
    const lines = documents.flatMap((file) => commandLinesOf(read(file)).map((line) => ({ file, line })));
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter(({ line }) => !isTypedRight(line))).toEqual([]);
  });

  it.each(Object.entries(JOURNEYS))(
    'have a test for every command of %s, or the reason why there is none',
    (file, journey) => {
      const lines = typedCommands(file).map(({ line }) => line);
      expect(Object.keys(journey).sort()).toEqual(lines.sort());
    },
  );

  it('have a test for their commands, or a reason why there is none', () => {
    const typed = documents.filter((file) => typedCommands(file).length > 0);
    const isExcused = (file: string) => NOT_TYPED.some(([name]) => name.test(file));
    expect(typed.filter((file) => !(file in JOURNEYS) && !isExcused(file))).toEqual([]);
    expect(Object.keys(JOURNEYS).filter(isExcused)).toEqual([]);
    expect(NOT_TYPED.filter(([name]) => !typed.some((file) => name.test(file)))).toEqual([]);
  });

  it('name scripts and test files that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const lines = documents.flatMap((file) => typedCommands(file).map(({ line }) => line));
    const named = lines.flatMap((line) => /^npm run ([\w:]+)/.exec(line)?.[1] ?? []);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    const files = lines.flatMap((line) => /\bvitest run (\S+)/.exec(line)?.[1] ?? []);
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  const names = commandTree().commands.map((command) => command.name());
  it.each(names.filter((name) => name !== 'help'))('have a page for the command %s', (name) => {
    expect(linksOf(read('docs/commands/README.md'))).toContain(`${name}.md`);
    const page = read(`docs/commands/${name}.md`);
    expect(page.startsWith(`# portcullis ${name}\n`)).toBe(true);
  });
});
