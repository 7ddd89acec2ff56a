import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** An import of a module of this repository. Types count like values. */
export interface ModuleImport {
  readonly from: string;
  readonly to: string;
  /** Names as the imported module exports them; `undefined` if the whole module is imported. */
  readonly names: readonly string[] | undefined;
}

const STATEMENT =
  /^(?:import|export)\s+(?:type\s+)?(?:(?<names>\{[^}]*\})|[^'"{;]*?)\s*from\s*'(?<specifier>\.[^']+)'/gm;
const SIDE_EFFECT = /^import\s+'(?<specifier>\.[^']+)'/gm;
const DYNAMIC =
  /(?:\{(?<names>[^{}]*)\}\s*=\s*await\s+)?\bimport\(\s*'(?<specifier>\.[^']+)'\s*\)(?:\s*\.then\(\(\{(?<then>[^}]*)\}\)|\.(?!then\b)(?<member>\w+))?/g;
const ADDRESS = /new URL\(\s*'(?<specifier>\.[^']+\.tsx?)'/g;

/** @example sourceFiles('src', 'test') // tracked TypeScript files below these folders */
export function sourceFiles(...folders: readonly string[]): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...folders], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => /\.[mc]?tsx?$/.test(file) && !file.endsWith('.d.ts'));
}

/** @example readSource('src/policy/decide.ts') */
export function readSource(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/**
 * The imports in a file's text, of every form that this repository uses.
 *
 * @example importsIn('src/a.ts', "import type { B } from './b.ts';") // [{ from: 'src/a.ts', to: 'src/b.ts', names: ['B'] }]
 */
export function importsIn(from: string, text: string): readonly ModuleImport[] {
  const target = (specifier: string) => posix.join(posix.dirname(from), specifier);
  const found: ModuleImport[] = [];
  for (const pattern of [STATEMENT, SIDE_EFFECT, DYNAMIC, ADDRESS]) {
    for (const { groups = {} } of text.matchAll(pattern)) {
      const names = groups.names ?? groups.member ?? groups.then;
      found.push({
        from,
        to: target(groups.specifier ?? ''),
        names: names === undefined ? undefined : exportedNames(names),
      });
    }
  }
  return found;
}

/** Lists what the other module exports: `{ type A, b as c }` and `{ a: b }` begin with the exported name. */
function exportedNames(list: string): readonly string[] {
  return list
    .replace(/[{}]/g, '')
    .split(',')
    .map(
      (entry) =>
        entry
          .trim()
          .replace(/^type\s+/, '')
          .split(/\s+as\s+|\s*[:=]\s*/)[0] ?? '',
    )
    .filter((name) => name !== '');
}

/**
 * The circles of a directed graph: each is a set of nodes that all reach each other.
 *
 * @example circlesOf([['a', 'b'], ['b', 'a'], ['b', 'c']]) // [['a', 'b']]
 */
export function circlesOf(arrows: readonly (readonly [string, string])[]): readonly (readonly string[])[] {
  const next = Map.groupBy(arrows, ([from]) => from);
  const reachable = (start: string) => {
    const visited = new Set<string>();
    const open = [start];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      for (const [, to] of next.get(node) ?? []) {
        if (visited.has(to)) continue;
        visited.add(to);
        open.push(to);
      }
    }
    return visited;
  };
  const reach = new Map([...next.keys()].map((node) => [node, reachable(node)]));
  const circles = new Map<string, readonly string[]>();
  for (const [node, visited] of reach) {
    if (!visited.has(node)) continue;
    const circle = [...visited].filter((other) => reach.get(other)?.has(node)).sort();
    circles.set(circle.join('\n'), circle);
  }
  return [...circles.values()];
}
