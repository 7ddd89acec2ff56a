// Creates dist/, the JavaScript of the published package: Node.js runs no TypeScript inside node_modules. The types are
// stripped as Node.js itself strips them, so that the package runs the same code as the checkout, and bundles it into Actions.
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSite } from '../src/cli/console/build-site.ts';
import { writeSite } from '../src/cli/console/site-folder.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
writeSite(join(dist, 'console', 'site'), await buildSite(join(root, 'src', 'console', 'main.tsx')));
// The licence of the console's code font asks to be beside it.
copyFileSync(
  join(root, 'node_modules', '@fontsource', 'ibm-plex-mono', 'LICENSE'),
  join(dist, 'console', 'IBM-Plex-Mono-LICENSE.txt'),
);
// The console's source is left out: it runs only in browsers, in its built form.
for (const file of globSync('**/*.ts', { cwd: join(root, 'src'), exclude: ['console/**'] })) {
  const target = join(dist, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, compile(join(root, 'src', file)));
}
// The published description of the Management API, which requests are checked by.
for (const file of globSync('tenant/management/description/*.json', { cwd: join(root, 'src') })) {
  copyFileSync(join(root, 'src', file), join(dist, file));
}
// The example configuration that `portcullis dev` uses if there is none yet.
writeFileSync(join(dist, 'portcullis.config.js'), compile(join(root, 'portcullis.config.ts')));
// Jest gives each test file a realm of its own, and loads ES modules in none of them. Node's own `require` loads the tenant once.
// Jest's `node:module` is a class that extends Node's, with a `require` of its own.
writeFileSync(
  join(dist, 'testing', 'testing.cjs'),
  `'use strict';
const { getPrototypeOf } = Object;
const found = process.getBuiltinModule('node:module');
const { createRequire } = typeof getPrototypeOf(found).createRequire === 'function' ? getPrototypeOf(found) : found;
module.exports = createRequire(__filename)('./start-test-tenant.js');
`,
);
// Declarations, for the editor of a user who writes a configuration.
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });

function compile(file: string): string {
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  // `from './x.ts'`, `import './x.ts'` and `import('./x.ts')`; the compiler checks that they exist.
  return code.replace(/((?:\bfrom|\bimport)\s*\(?\s*)'(\.{1,2}\/[^']+)\.ts'/g, "$1'$2.js'");
}
