// Makes dist/, the JavaScript of the published package: Node runs no TypeScript inside node_modules. The types are
// stripped as Node itself strips them, so that the package runs, and bundles into Actions, what the checkout does.
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSite } from '../src/cli/console/build-site.ts';
import { writeSite } from '../src/cli/console/site-folder.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
writeSite(join(dist, 'console', 'site'), await buildSite(join(root, 'src', 'console', 'main.tsx')));
// The console's own source runs in browsers alone, as what it was built into.
for (const file of globSync('**/*.ts', { cwd: join(root, 'src'), exclude: ['console/**'] })) {
  const target = join(dist, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, compile(join(root, 'src', file)));
}
// The example that `portcullis dev` falls back to where there is no configuration yet.
writeFileSync(join(dist, 'portcullis.config.js'), compile(join(root, 'portcullis.config.ts')));
// Declarations, for the editor of whoever writes a configuration.
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
execFileSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });

function compile(file: string): string {
  const code = stripTypeScriptTypes(readFileSync(file, 'utf8'));
  // `from './x.ts'`, `import './x.ts'` and `import('./x.ts')`; the compiler checks that they lead somewhere.
  return code.replace(/((?:\bfrom|\bimport)\s*\(?\s*)'(\.{1,2}\/[^']+)\.ts'/g, "$1'$2.js'");
}
