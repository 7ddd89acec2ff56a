import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findMisplaced } from '../../scripts/house/find-misplaced.ts';
import { type HouseLimits, houseLimits } from '../../scripts/house/house-limits.ts';
import { sourceFiles } from '../../scripts/house/source-files.ts';

const biome = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));
const configuration = JSON.parse(readFileSync(new URL('../../biome.json', import.meta.url), 'utf8'));

/** Writes the files into an empty project with our rules, and returns the rules that each of them breaks. */
function rulesBroken(files: Readonly<Record<string, string>>): Map<string, string[]> {
  const root = mkdtempSync(join(tmpdir(), 'portcullis-walls-'));
  try {
    writeFileSync(join(root, 'biome.json'), JSON.stringify({ ...configuration, vcs: { enabled: false } }));
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${code}\n`);
    }
    const options = ['lint', '--reporter=json', '--max-diagnostics=none', 'src'];
    const { stdout, stderr } = spawnSync(process.execPath, [biome, ...options], { cwd: root, encoding: 'utf8' });
    if (!stdout.startsWith('{')) throw new Error(`Biome reports nothing:\n${stderr}`);
    const { summary, diagnostics }: BiomeReport = JSON.parse(stdout);
    // A file that Biome did not read breaks no rule: it must not count as allowed.
    expect(summary.unchanged + summary.changed).toBe(Object.keys(files).length);
    const broken = Map.groupBy(diagnostics, ({ location }) => location.path);
    return new Map([...broken].map(([file, findings]) => [file, findings.map(({ category }) => category)]));
  } finally {
    rmSync(root, { recursive: true });
  }
}

interface BiomeReport {
  readonly summary: { readonly changed: number; readonly unchanged: number };
  readonly diagnostics: readonly { readonly category: string; readonly location: { readonly path: string } }[];
}

const refused = [
  ['src/policy', 'node:crypto'],
  ['src/policy', 'zod'],
  ['src/policy', '../configuration/parse-policy.ts'],
  ['src/tenant', '../policy/decide.ts'],
  ['src/tenant/actions', '../../action/bundle.ts'],
  ['src/tenant/actions/sandbox', '../../../deployment/put-policy.ts'],
  ['src/tenant', '../apex/stand-in/stand-in.ts'],
  ['src/tenant', '../cli/main.ts'],
  ['src/deployment', '../tenant/tenant.ts'],
  ['src/apex/stand-in', '../../tenant/store/records.ts'],
  ['src/action', '../tenant/tenant.ts'],
  ['src/action', '../deployment/put-policy.ts'],
  ['src/configuration', '../deployment/put-policy.ts'],
  ['src/console/screens', '../../tenant/store/records.ts'],
  ['src/console', '../cli/main.ts'],
  ['src/console', 'node:fs'],
  ['src/console', '../problem/problem.ts'],
  ['src/policy', '../problem/problem.ts'],
  ['src/tenant', '../testing/start-test-tenant.ts'],
  ['src/deployment', '../testing/start-test-tenant.ts'],
  ['src/action', '../testing/start-test-tenant.ts'],
  ['src/testing', '../cli/main.ts'],
  ['src/testing/seed', '../../apex/stand-in/stand-in.ts'],
  ['src/problem', 'node:fs'],
  ['src/problem', 'zod'],
  ['src/problem', '../policy/policy.ts'],
  ['src/problem', '../cli/exit-status.ts'],
] as const;

const allowed = [
  ['src/policy', './decide.ts'],
  ['src/tenant/actions', '../store/records.ts'],
  ['src/tenant/actions', './actions-engine.ts'],
  ['src/deployment', '../action/bundle.ts'],
  ['src/deployment', '../policy/decide.ts'],
  ['src/apex/stand-in', '../../policy/policy.ts'],
  ['src/cli', '../tenant/tenant.ts'],
  ['src/cli', '../testing/start-test-tenant.ts'],
  ['src/testing', '../tenant/tenant.ts'],
  ['src/testing', '../deployment/put-policy.ts'],
  ['src/configuration', '../policy/policy.ts'],
  ['src/console/screens', '../../policy/decide.ts'],
  ['src/problem', './catalogue.ts'],
  ['src/tenant/store', '../../problem/problem.ts'],
  ['src/action', '../problem/problem.ts'],
  ['src/apex/generator', '../../problem/problem.ts'],
  ['src/configuration', '../problem/problem.ts'],
] as const;

const importing = (module: string) => `import { something } from '${module}';\nexport const value = something;`;
const plant = (name: string, cases: readonly (readonly [folder: string, module: string])[]) =>
  cases.map(([folder, module], index) => ({ folder, module, file: `${folder}/${name}-${index}.ts` }));
const [refusedFiles, allowedFiles] = [plant('refused', refused), plant('allowed', allowed)];

// One run of the linter for all cases: it starts in a second or more on a busy machine.
const broken = rulesBroken({
  ...Object.fromEntries([...refusedFiles, ...allowedFiles].map(({ file, module }) => [file, importing(module)])),
  'src/tenant/type-only.ts': "import type { Policy } from '../policy/policy.ts';\nexport type P = Policy;",
  'src/apex/second.ts': "import type { First } from './first.ts';\nexport type Second = First | 2;",
  'src/apex/first.ts': "import type { Second } from './second.ts';\nexport type First = Second | 1;",
});
const restricted = 'lint/style/noRestrictedImports';

describe('the walls between the folders', () => {
  it.each(refusedFiles)('$folder may not import $module', ({ file }) => {
    expect(broken.get(file)).toContain(restricted);
  });

  it.each(allowedFiles)('$folder may import $module', ({ file }) => {
    expect(broken.get(file) ?? []).not.toContain(restricted);
  });

  it('hold for types as well', () => {
    expect(broken.get('src/tenant/type-only.ts')).toContain(restricted);
  });
});

describe('circles of imports', () => {
  it('are refused between two files that import only types', () => {
    expect(broken.get('src/apex/first.ts')).toContain('lint/suspicious/noImportCycles');
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

  it.each(rooms)('$room may not import files of src/tenant itself', ({ room }) => {
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

  it('distinguish a family of records from the floor with that name', () => {
    expect(findingsOf('src/tenant/store/records/users/planted.ts', '../actions/some.ts')).toEqual([]);
  });

  it('have every room', () => {
    expect(() => findingsOf('src/tenant/attic/planted.ts', '../store/some.ts')).toThrow('src/tenant/attic');
  });
});

describe('the places of files', () => {
  const placed = (...paths: string[]) => new Map(paths.map((path) => [path, '']));
  const limits: HouseLimits = { floors: [['store']], maxFiles: 2, crowdedFolders: {}, sharedNames: [] };
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
