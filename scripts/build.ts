// Makes dist/, the compiled JavaScript of the published package: Node runs no TypeScript inside node_modules.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const path = (relative: string) => fileURLToPath(new URL(relative, root));

rmSync(path('dist'), { recursive: true, force: true });
const compiler = path('node_modules/typescript/bin/tsc');
execFileSync(process.execPath, [compiler, '-p', path('tsconfig.build.json')], { stdio: 'inherit' });
// The example that `portcullis dev` falls back to where there is no configuration yet.
const example = stripTypeScriptTypes(readFileSync(path('portcullis.config.ts'), 'utf8'));
writeFileSync(path('dist/portcullis.config.js'), example);
