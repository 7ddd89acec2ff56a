import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const loader = fileURLToPath(new URL('./load-in-node.ts', import.meta.url));

const valid = `import { definePolicy, type PolicyInput } from 'portcullis';
const input: PolicyInput = {
  applications: ['APEX'],
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/refused',
};
export default definePolicy(input);
`;

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portcullis-configuration-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

interface Outcome {
  readonly value?: { readonly file: string; readonly policy: { readonly applications: string[] } };
  readonly error?: {
    readonly name: string;
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
    readonly file?: string;
    readonly line?: number;
  };
}

/** Node itself, whose module loader is under test. One process loads the files of all tests. */
let node: ChildProcess;
let stderr = '';
beforeAll(() => {
  node = fork(loader, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  node.stderr?.on('data', (text) => {
    stderr += text;
  });
});
afterAll(async () => {
  const closed = once(node, 'close');
  node.kill();
  await closed;
  expect(stderr, 'a load prints nothing').toBe('');
});

let runs = 0;

/** Runs statements in Node: `load` adds an outcome, and so may the statements. */
async function runInNode(statements: string): Promise<Outcome[]> {
  runs += 1;
  const head = "import { writeFileSync } from 'node:fs';";
  const file = write(`run-${runs}.mjs`, `${head}\nexport default async (load, outcomes) => {\n${statements}\n};`);
  const answered = once(node, 'message');
  node.send({ file, folder });
  const [{ outcomes, failure }] = (await answered) as [{ outcomes: Outcome[]; failure?: string }];
  if (failure !== undefined) throw new Error(failure);
  return outcomes;
}

async function load(options: object = {}): Promise<Outcome> {
  const [outcome] = await runInNode(`await load(${JSON.stringify(options)});`);
  if (outcome === undefined) throw new Error('The load has no outcome.');
  return outcome;
}

describe('loadConfiguration', () => {
  it('finds the file in the current folder, where portcullis is not installed, and fills in the defaults', async () => {
    const file = write('portcullis.config.ts', valid);
    expect(await load()).toMatchObject({
      value: { file, policy: { applications: ['APEX'], organizationPrefix: 'ORG:' } },
    });
  });

  it('accepts the path of a file or a folder', async () => {
    const file = write('some folder/portcullis.config.ts', valid);
    expect(await load({ path: 'some folder' })).toMatchObject({ value: { file } });
    expect(await load({ path: file, cwd: tmpdir() })).toMatchObject({ value: { file } });
  });

  it('reads TypeScript as an ES module, and says nothing, whatever the package around it is', async () => {
    for (const [folder, text] of Object.entries({ commonjs: '{ "type": "commonjs" }', typeless: '{}' })) {
      write(`${folder}/package.json`, text);
      write(`${folder}/portcullis.config.ts`, valid);
      expect(await load({ path: folder })).toHaveProperty('value');
    }
  });

  const commonJs = `const { definePolicy } = require('portcullis');
const { applications } = require('./applications.EXT');
module.exports = definePolicy({
  applications,
  claim: 'https://apex.example.com/roles',
  landingPage: 'https://apex.example.com/refused',
});
`;
  const plain = valid.replace(', type PolicyInput', '').replace(': PolicyInput', '');
  it.each(['commonjs', 'module', undefined])(
    'finds each ending in a project of type %s, and reads it again',
    async (type) => {
      write('package.json', JSON.stringify({ type }));
      for (const extension of ['cjs', 'mjs', 'js', 'cts', 'mts', 'ts']) {
        const file = write(`portcullis.config.${extension}`, /ts$/.test(extension) ? valid : plain);
        const esModule = extension.startsWith('c') ? [] : [plain];
        for (const text of [commonJs.replace('EXT', extension), ...esModule]) {
          // Node reads such a file as an ES module, and says so.
          const isRefused = extension.startsWith('m') || (type === 'module' && !extension.startsWith('c'));
          if (isRefused && text !== plain) continue;
          write(`applications.${extension}`, "module.exports.applications = ['APEX'];");
          write(file.slice(folder.length), text);
          const outcomes = await runInNode(`
          await load();
          writeFileSync('applications.${extension}', "module.exports.applications = ['other'];");
          writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(text.replace("['APEX']", "['other']"))});
          await load();`);
          expect(
            outcomes.map(({ value, error }) => value?.policy.applications ?? error),
            file,
          ).toEqual([['APEX'], ['other']]);
          expect(outcomes[0]).toMatchObject({ value: { file } });
        }
      }
    },
  );

  it('replaces the installed portcullis by itself, even a broken one', async () => {
    write('node_modules/portcullis/package.json', '{ "name": "portcullis", "exports": "./gone.js" }');
    write('portcullis.config.ts', valid);
    expect(await load()).toHaveProperty('value');
  });

  it('reads the file, and local files that it imports, again each time', async () => {
    write('applications.ts', "export const applications: string[] = ['one'];");
    const source = valid
      .replace("['APEX']", 'applications')
      .replace('\n', "\nimport { applications } from './applications.ts';\n");
    const file = write('portcullis.config.ts', source);
    const outcomes = await runInNode(`
      await load();
      writeFileSync('applications.ts', "export const applications = ['two'];");
      await load();
      writeFileSync('portcullis.config.ts', 'export default 7;');
      await load();
      writeFileSync('portcullis.config.ts', 'export default ;');
      await load();
      writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(valid)});
      await load();`);
    expect(outcomes.map(({ value, error }) => value?.policy.applications ?? error?.code)).toEqual([
      ['one'],
      ['two'],
      'policy_invalid',
      'file_syntax',
      ['APEX'],
    ]);
  });

  it('does not change other imports of the process', async () => {
    write('portcullis.config.ts', valid);
    const outcomes = await runInNode(`
      await Promise.all([load(), load()]);
      outcomes.push(await import('portcullis').then(() => 'resolved', (error) => error.code));`);
    expect(outcomes.slice(0, 2).every(({ value }) => value !== undefined)).toBe(true);
    expect(outcomes[2]).toBe('ERR_MODULE_NOT_FOUND');
  });
});

describe('loadConfiguration refuses', () => {
  it('a file that is missing, and gives the command that makes one', async () => {
    const { error } = await load();
    expect(error).toMatchObject({
      name: 'Problem',
      code: 'file_missing',
      file: join(folder, 'portcullis.config.ts'),
    });
    expect(error?.remedy).toContain('cp node_modules/portcullis/portcullis.config.ts .');
    write('portcullis.config.json', '{}');
    expect((await load()).error?.message).toContain('portcullis.config.json in the same folder is not used');
    expect((await load({ path: 'no/such/folder' })).error).toMatchObject({ code: 'file_missing' });
  });

  it('a file of another kind', async () => {
    write('portcullis.config.json', '{}');
    const { error } = await load({ path: 'portcullis.config.json' });
    expect(error).toMatchObject({ code: 'file_unreadable' });
    expect(error?.message).toContain('.ts, .mts, .cts, .js, .mjs, .cjs');
  });

  it.each([
    ['a comma too many', 'const a = 1;\n\nexport default { a,, };\n', 'file_syntax', 3],
    ['a name declared twice', '\nconst a = 1;\nconst a = 2;\nexport default a;\n', 'file_syntax', 3],
    ['an enum', '\nenum Role { User }\nexport default {};\n', 'file_syntax', 2],
    ['a value that is not there', '\n\nexport default (undefined as any).name;\n', 'file_threw', 3],
    ['an error of its own', "\nthrow new Error('no luck');\n", 'file_threw', 2],
    ['a package that is not installed', "\nimport x from '@scope/gone/part';\nexport default x;\n", 'file_import', 2],
    ['an import without its ending', "\n\nimport { x } from './more';\nexport default x;\n", 'file_import', 3],
    ['a name that is not exported', "\nimport { nope } from './more.ts';\nexport default nope;\n", 'file_import', 2],
  ])('%s, and names the line', async (_, source, code, line) => {
    write('more.ts', 'export const x = 1;\n');
    const file = write('portcullis.config.ts', source);
    const { error } = await load();
    expect(error).toMatchObject({ name: 'Problem', code, file, line });
    expect(error?.message).toContain(`${file}, line ${line},`);
    expect(error?.message).not.toMatch(/\n\s+at /);
  });

  it.each([
    ["{\n  a: 'x'\n  b: 1,\n}", 3, 3, 'Probably a comma is missing at the end of line 2.'],
    ["{\n  a: 'x'\n\n  // why\n  b: 1,\n}", 5, 3, 'Probably a comma is missing at the end of line 2.'],
    ["{\n  a: ['x' 'y'],\n}", 2, 11, 'Probably a comma is missing in line 2, before column 11.'],
    ["{\n  a: 'x,\n}", 2, 9, 'Probably the quote that ends the text is missing in line 2.'],
    ["{\n  a: ['x'],\n", 3, 1, 'Probably a closing }, ] or ) is missing.'],
    ['{\n  a: 1,,\n}', 2, 8, 'Probably there is a comma too many.'],
    ['{\n  a = 1;\n}', 2, 8, 'Probably a colon or a comma is meant.'],
  ])('the syntax of %j, and says where and what is probably meant', async (object, line, column, advice) => {
    const file = write('portcullis.config.ts', `export default ${object}`);
    const { error } = await load();
    expect(error).toMatchObject({ code: 'file_syntax', line, remedy: advice });
    expect(error?.message).toContain(`${file}, line ${line}, column ${column}, cannot be understood: `);
    expect(error?.message).not.toContain('\n');
  });

  it('a wrong import, and gives the next step', async () => {
    write('portcullis.config.ts', "import x from '@scope/gone/part';\nexport default x;\n");
    expect((await load()).error?.remedy).toBe('Install it: npm install @scope/gone');
    write('portcullis.config.ts', "import { x } from './more';\nexport default x;\n");
    expect((await load()).error?.remedy).toContain('"./more.ts"');
  });

  it('a mistake in a file that it imports, and names that file', async () => {
    write('portcullis.config.ts', "import { x } from './more.ts';\nexport default x;\n");
    const file = write('more.ts', '\nexport const x = undefinedName;\n');
    expect((await load()).error).toMatchObject({ code: 'file_threw', file, line: 2 });
    write('more.ts', '\n\nexport const = 1;\n');
    expect((await load()).error).toMatchObject({ code: 'file_syntax', file, line: 3 });
  });

  it('a thrown value that is not an error', async () => {
    write('portcullis.config.ts', "throw 'no luck';");
    expect((await load()).error).toMatchObject({ code: 'file_threw', message: expect.stringContaining('no luck') });
  });

  it('a file without a default export', async () => {
    write('portcullis.config.ts', 'export const policy = {};');
    const { error } = await load();
    expect(error).toMatchObject({ code: 'file_without_default_export' });
    expect(error?.remedy).toContain('export default policy;');
    write('portcullis.config.ts', '');
    expect((await load()).error?.remedy).toContain('export default definePolicy(');
  });

  it('a file that never finishes', async () => {
    write('portcullis.config.ts', 'await new Promise(() => {});\nexport default {};');
    expect((await load({ timeoutMs: 200 })).error).toMatchObject({ code: 'file_never_finished' });
  });

  it('a file that never finishes, without touching its later imports', async () => {
    write(
      'portcullis.config.ts',
      "globalThis.importLater = () => import('portcullis');\nawait new Promise(() => {});\nexport default {};",
    );
    const outcomes = await runInNode(`
      for (let timeoutMs = 200; globalThis.importLater === undefined; timeoutMs *= 2) await load({ timeoutMs });
      const code = await globalThis.importLater().then(() => 'imported', (error) => error.code);
      outcomes.push({ error: { code } });`);
    const codes = outcomes.map(({ error }) => error?.code);
    expect(codes.pop()).toBe('ERR_MODULE_NOT_FOUND');
    expect(new Set(codes)).toEqual(new Set(['file_never_finished']));
  });

  it('a policy with mistakes, under the name of the file', async () => {
    const file = write('portcullis.config.ts', valid.replace('https://apex.example.com/roles', 'roles'));
    const { error } = await load();
    expect(error).toMatchObject({ code: 'policy_invalid', file });
    expect(error?.message).toContain('claim: expected a URL of your own');
  });
});

describe('the example', () => {
  it("has the article's case and one organisation", async () => {
    const example = new URL('../../', import.meta.url);
    const { value } = await load({ path: decodeURIComponent(example.pathname) });
    expect(value?.policy).toEqual({
      applications: ['APEX'],
      claim: 'https://apex.example.com/roles',
      landingPage: 'http://localhost:4040/ords/r/demo/gate/refused',
      defaultRole: 'APEX User',
      organizationPrefix: 'ORG:',
      organizations: [{ role: 'ORG:WATER', domains: ['water.example'], includeSubdomains: false }],
      unverifiedEmail: 'refuse',
      onFailure: 'refuse',
    });
  });
});
