import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { findMisplaced } from '../../scripts/house/find-misplaced.ts';
import { type HouseLimits, houseLimits } from '../../scripts/house/house-limits.ts';
import { sourceFiles } from '../../scripts/house/source-files.ts';

const biome = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));
const configuration = JSON.parse(readFileSync(new URL('../../biome.json', import.meta.url), 'utf8'));
const root = mkdtempSync(join(tmpdir(), 'portcullis-walls-'));
afterAll(() => rmSync(root, { recursive: true }));

/** Lints a file planted into an empty project that has our rules. */
function lint(file: string, code: string): string {
  const planted = join(root, file);
  mkdirSync(dirname(planted), { recursive: true });
  writeFileSync(join(root, 'biome.json'), JSON.stringify({ ...configuration, vcs: { enabled: false } }));
  writeFileSync(planted, `${code}\n`);
  const { stdout, stderr } = spawnSync(process.execPath, [biome, 'lint', file], { cwd: root, encoding: 'utf8' });
  return stdout + stderr;
}

const importing = (module: string) => `import { something } from '${module}';\nexport const value = something;`;
const refused = /noRestrictedImports/;

describe('the walls between the folders', () => {
  it.each([
    ['src/policy/planted.ts', 'node:crypto'],
    ['src/policy/planted.ts', 'zod'],
    ['src/policy/planted.ts', '../configuration/parse-policy.ts'],
    ['src/tenant/planted.ts', '../policy/decide.ts'],
    ['src/tenant/actions/planted.ts', '../../action/bundle.ts'],
    ['src/tenant/actions/sandbox/planted.ts', '../../../deployment/put-policy.ts'],
    ['src/tenant/planted.ts', '../apex/stand-in/stand-in.ts'],
    ['src/tenant/planted.ts', '../cli/main.ts'],
    ['src/deployment/planted.ts', '../tenant/tenant.ts'],
    ['src/apex/stand-in/planted.ts', '../../tenant/store/records.ts'],
    ['src/action/planted.ts', '../tenant/tenant.ts'],
    ['src/action/planted.ts', '../deployment/put-policy.ts'],
    ['src/configuration/planted.ts', '../deployment/put-policy.ts'],
    ['src/console/screens/planted.ts', '../../tenant/store/records.ts'],
    ['src/console/planted.ts', '../cli/main.ts'],
    ['src/console/planted.ts', 'node:fs'],
    ['src/console/planted.ts', '../problem/problem.ts'],
    ['src/policy/planted.ts', '../problem/problem.ts'],
    ['src/problem/planted.ts', 'node:fs'],
    ['src/problem/planted.ts', 'zod'],
    ['src/problem/planted.ts', '../policy/policy.ts'],
    ['src/problem/planted.ts', '../cli/exit-status.ts'],
  ])('%s may not import %s', (file, module) => {
    expect(lint(file, importing(module))).toMatch(refused);
  });

  it.each([
    ['src/policy/planted.ts', './decide.ts'],
    ['src/tenant/actions/planted.ts', '../store/records.ts'],
    ['src/tenant/actions/planted.ts', './actions-engine.ts'],
    ['src/deployment/planted.ts', '../action/bundle.ts'],
    ['src/deployment/planted.ts', '../policy/decide.ts'],
    ['src/apex/stand-in/planted.ts', '../../policy/policy.ts'],
    ['src/cli/planted.ts', '../tenant/tenant.ts'],
    ['src/configuration/planted.ts', '../policy/policy.ts'],
    ['src/console/screens/planted.ts', '../../policy/decide.ts'],
    ['src/problem/planted.ts', './catalogue.ts'],
    ['src/tenant/store/planted.ts', '../../problem/problem.ts'],
    ['src/action/planted.ts', '../problem/problem.ts'],
    ['src/apex/generator/planted.ts', '../../problem/problem.ts'],
    ['src/configuration/planted.ts', '../problem/problem.ts'],
  ])('%s may import %s', (file, module) => {
    expect(lint(file, importing(module))).not.toMatch(refused);
  });

  it('holds for what is imported only as a type', () => {
    expect(
      lint('src/tenant/planted.ts', "import type { Policy } from '../policy/policy.ts';\nexport type P = Policy;"),
    ).toMatch(refused);
  });
});

describe('circles of imports', () => {
  it('are refused between two files that need types alone', () => {
    lint('src/apex/second.ts', "import type { First } from './first.ts';\nexport type Second = First | 2;");
    expect(
      lint('src/apex/first.ts', "import type { Second } from './second.ts';\nexport type First = Second | 1;"),
    ).toMatch(/noImportCycles/);
  });
});

describe('the floors of the tenant', () => {
  const bare: HouseLimits = { ...houseLimits, crowdedFolders: {}, sharedNames: [] };
  const rooms = houseLimits.floors.flatMap((floor, level) => floor.map((room) => ({ room, level })));
  const pairs = rooms.flatMap((from) => rooms.map((to) => [from, to] as const)).filter(([from, to]) => from !== to);
  const findingsOf = (file: string, module: string, statement = `import { something } from '${module}';`) =>
    findMisplaced(new Map([[file, statement]]), bare);

  it.each(pairs.filter(([from, to]) => to.level < from.level))(
    '$0.room may not import $1.room, from whatever depth',
    ({ room }, { room: above }) => {
      expect(findingsOf(`src/tenant/${room}/planted.ts`, `../${above}/some.ts`)).toEqual([
        `src/tenant/${room}/planted.ts imports src/tenant/${above}/some.ts: ${room} is below ${above}.`,
      ]);
      expect(findingsOf(`src/tenant/${room}/a/b/planted.ts`, `../../../${above}/c/some.ts`)).toHaveLength(1);
    },
  );

  it.each(pairs.filter(([from, to]) => to.level >= from.level))(
    '$0.room may import $1.room',
    ({ room }, { room: below }) => {
      expect(findingsOf(`src/tenant/${room}/planted.ts`, `../${below}/some.ts`)).toEqual([]);
    },
  );

  it.each(rooms)('$room may not import what stands in src/tenant itself', ({ room }) => {
    expect(findingsOf(`src/tenant/${room}/planted.ts`, '../tenant.ts')).toHaveLength(1);
  });

  it.each([
    "import type { Some } from '../console/some.ts';",
    "import {\n  some,\n  other,\n} from '../console/some.ts';",
    "export { some } from '../console/some.ts';",
    "const some = await import('../console/some.ts');",
    "import '../console/some.ts';",
    "type Some = import('../console/some.ts').Some;",
  ])('hold for %s', (statement) => {
    expect(findingsOf('src/tenant/store/planted.ts', '', statement)).toHaveLength(1);
  });

  it('tell a family of records from the floor of that name', () => {
    expect(findingsOf('src/tenant/store/records/users/planted.ts', '../actions/some.ts')).toEqual([]);
  });

  it('have every room', () => {
    expect(() => findingsOf('src/tenant/attic/planted.ts', '../store/some.ts')).toThrow('src/tenant/attic');
  });
});

describe('the places of files', () => {
  const placed = (...paths: string[]) => new Map(paths.map((path) => [path, '']));
  const limits: HouseLimits = { floors: [['store']], mostFiles: 2, crowdedFolders: {}, sharedNames: [] };
  const three = placed('src/tenant/store/a.ts', 'src/tenant/store/b.ts', 'src/tenant/store/c.ts');

  it('refuse a folder with too many files', () => {
    expect(findMisplaced(three, limits)).toEqual(['src/tenant/store has 3 files, 2 are allowed: find rooms for them.']);
  });

  it('keep to the limit of an exception, which only shrinks', () => {
    const withLimit = (most: number) => ({ ...limits, crowdedFolders: { 'src/tenant/store': most } });
    expect(findMisplaced(three, withLimit(3))).toEqual([]);
    expect(findMisplaced(three, withLimit(4))).toEqual([
      'src/tenant/store has 3 files: lower its limit of 4 in house-limits.ts.',
    ]);
  });

  it('refuse two files of one name, unless the list has the name', () => {
    const two = placed('src/apex/check.ts', 'src/deployment/check.ts');
    expect(findMisplaced(two, limits)).toEqual(['check.ts names 2 files: src/apex/check.ts, src/deployment/check.ts.']);
    expect(findMisplaced(two, { ...limits, sharedNames: ['check.ts'] })).toEqual([]);
  });

  it('take a name off the list as soon as one file has it', () => {
    expect(findMisplaced(placed('src/apex/check.ts'), { ...limits, sharedNames: ['check.ts'] })).toEqual([
      'check.ts names one file: take it off the list in house-limits.ts.',
    ]);
  });

  it('are right in this project', () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const files = sourceFiles(root);
    expect(files.length).toBeGreaterThan(500);
    expect(
      findMisplaced(new Map(files.map((file) => [file, readFileSync(`${root}${file}`, 'utf8')])), houseLimits),
    ).toEqual([]);
  });
});
