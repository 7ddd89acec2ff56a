import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

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
