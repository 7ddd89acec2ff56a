import { describe, expect, it } from 'vitest';
import { importsIn, readSource, sourceFiles } from './module-graph.ts';
import { unusedExports } from './unused-exports.ts';

const findingsOf = (files: Readonly<Record<string, string>>, entryPoints = {}) => {
  const imports = Object.entries(files).flatMap(([file, text]) => importsIn(file, text));
  return unusedExports(new Map(Object.entries(files)), imports, 'src/', entryPoints);
};

describe('the check of exports', () => {
  it.each([
    ['export const a = 1;', 'src/a.ts exports a, which no file imports.'],
    ['export async function a() {}\na();', 'src/a.ts exports a, which no file imports.'],
    ['export class a {}', 'src/a.ts exports a, which no file imports.'],
    ['export type a = 1;', 'src/a.ts exports the type a, which no file imports and no exported signature names.'],
    [
      'interface B {\n  a: A;\n}\nexport interface A {\n  b: B;\n}',
      'src/a.ts exports the type A, which no file imports and no exported signature names.',
    ],
  ])('refuses %j', (text, finding) => {
    expect(findingsOf({ 'src/a.ts': text })).toEqual([finding]);
  });

  it.each([
    ["import { a } from './a.ts';"],
    ["import {\n  a as b,\n} from './a.ts';"],
    ["const { a } = await import('./a.ts');"],
    ["import('./a.ts').then(({ a }) => a());"],
    ["import('./a.ts').then((loaded) => ({ default: loaded.a }));"],
    ["const load = () => import('./a.ts');\n(await load()).a();"],
  ])('accepts an export that another file takes by %j', (text) => {
    expect(findingsOf({ 'src/a.ts': 'export const a = 1;', 'src/b.ts': text })).toEqual([]);
  });

  it('refuses an export that an import of the whole module does not name', () => {
    const text = 'export const first = 1;\nexport const second = 2;';
    expect(findingsOf({ 'src/a.ts': text, 'src/b.ts': "(await import('./a.ts')).second;" })).toEqual([
      'src/a.ts exports first, which no file imports.',
    ]);
  });

  it('accepts what tests alone import only if the file itself uses it', () => {
    const test = "import { a } from '../src/a.ts';";
    expect(findingsOf({ 'src/a.ts': '/** Makes a. */\nexport const a = 1;', 'test/a.test.ts': test })).toEqual([
      'src/a.ts exports a, which tests alone use: test/a.test.ts.',
    ]);
    expect(findingsOf({ 'src/a.ts': 'export const a = 1;\nconsole.log(a);', 'test/a.test.ts': test })).toEqual([]);
  });

  it('accepts a type that an exported signature names, and none that a body alone does', () => {
    const used = { 'src/b.ts': "import { f } from './a.ts';" };
    const type = 'export interface A {\n  a: 1;\n}';
    expect(findingsOf({ ...used, 'src/a.ts': `${type}\nexport function f(\n  a: A,\n): void {\n  a;\n}` })).toEqual([]);
    expect(findingsOf({ ...used, 'src/a.ts': `${type}\nexport function f(): void {\n  const a: A;\n}` })).toHaveLength(
      1,
    );
  });

  it('accepts what an entry point exports', () => {
    expect(findingsOf({ 'src/a.ts': 'export const a = 1;' }, { 'src/a.ts': 'The package.' })).toEqual([]);
  });

  it('finds nothing in src', () => {
    const files = new Map(sourceFiles('src', 'scripts', 'bench', 'test').map((file) => [file, readSource(file)]));
    const imports = [...files].flatMap(([file, text]) => importsIn(file, text));
    const entryPoints = {
      'src/configuration/define-configuration.ts': 'The package exports it.',
      'src/testing/start-test-tenant.ts': 'The package exports it for tests.',
      'src/testing/vitest-fixture.ts': 'The package exports it for Vitest.',
      'src/testing/playwright-fixture.ts': 'The package exports it for Playwright.',
      'src/apex/generator/mle-entry.ts': 'The generator bundles it for the database.',
    };
    for (const file of Object.keys(entryPoints)) expect(files.has(file), file).toBe(true);
    expect(unusedExports(files, imports, 'src/', entryPoints)).toEqual([]);
  });
});
