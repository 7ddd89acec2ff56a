// The imports between files: none closes a circle. The floors of the tenant and the names of files: walls.test.ts.
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { circlesOf, importsIn, readSource, sourceFiles } from './module-graph.ts';

const files = sourceFiles('src');
const imports = files.flatMap((file) => importsIn(file, readSource(file)));

/** The folder of the console that a file is in. A file beside the folders is a room of its own. */
const consoleRoom = (file: string) => /^src\/console\/([^/]+)/.exec(file)?.[1] ?? '';

describe('the imports of src', () => {
  it('are found in every form', () => {
    const text = [
      "import { a, type B as C } from './one.ts';",
      "import type { D } from '../two.ts';",
      "import './three.ts';",
      "export { e } from './four.ts';",
      "const { f } = await import('./five.ts');",
      "type G = import('./six.ts').G;",
      "import * as h from './seven.ts';",
      "import {\n  i,\n  j,\n} from './eight.ts';",
      "import { k } from 'package';",
    ].join('\n');
    const found = importsIn('src/x/file.ts', text).map(({ to, names }) => `${to} ${names?.join() ?? '*'}`);
    expect(found.sort()).toEqual([
      'src/two.ts D',
      'src/x/eight.ts i,j',
      'src/x/five.ts f',
      'src/x/four.ts e',
      'src/x/one.ts a,B',
      'src/x/seven.ts *',
      'src/x/six.ts G',
      'src/x/three.ts *',
    ]);
    expect(imports.length).toBeGreaterThan(2000);
  });

  it('close no circle, types included', () => {
    expect(
      circlesOf([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['c', 'd'],
      ]),
    ).toEqual([['a', 'b', 'c']]);
    expect(circlesOf(imports.map(({ from, to }) => [from, to] as const))).toEqual([]);
  });

  it('run one way between the rooms of the console', () => {
    const arrows = imports
      .filter(({ from, to }) => consoleRoom(from) !== '' && consoleRoom(to) !== '')
      .map(({ from, to }) => [consoleRoom(from), consoleRoom(to)] as const)
      .filter(([from, to]) => from !== to);
    expect(arrows.length).toBeGreaterThan(400);
    expect(circlesOf(arrows)).toEqual([]);
  });

  it('keep what a start does not need out of it', () => {
    const from = (file: string): string[] => {
      const text = readSource(file)
        .replaceAll(/^import type .*$/gm, '')
        .replaceAll(/^import type \{[^}]*\}.*$/gm, '');
      return [...text.matchAll(/^(?:import|export) (?:[^'";]* from )?['"]([^'"]+)['"];$/gm)].map(([, to = '']) => to);
    };
    const known = new Set(['src/tenant/tenant.ts']);
    const packages = new Set<string>();
    for (const file of known) {
      for (const to of from(file)) {
        if (to.startsWith('.')) known.add(posix.join(posix.dirname(file), to));
        else if (!to.startsWith('node:')) packages.add(to);
      }
    }
    expect(known.size).toBeGreaterThan(80);
    // The library of OpenID Connect, schemas, the Management API and the console are loaded by the first request for them.
    expect([...packages].sort()).toEqual(['@hono/node-server']);
    expect([...known].filter((file) => /^src\/tenant\/console\/(?:previews|console-handler)/.test(file))).toEqual([]);
  });
});
