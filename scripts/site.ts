// Builds the documentation site into site/dist: `npm run site`. With `--preview`, serves it on loopback afterwards.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serveSite } from './site/serve-site.ts';

const cwd = resolve(import.meta.dirname, '../site');
const PORT = 4173;

/** Whether the installed packages are those of the lock file: npm writes its own copy of it last. */
function isInstalled(): boolean {
  const installed = join(cwd, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(cwd, 'package-lock.json')).mtimeMs;
}

if (!isInstalled()) execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd, stdio: 'inherit' });
execFileSync('npm', ['run', '--silent', 'build'], { cwd, stdio: 'inherit' });
if (process.argv.includes('--preview')) {
  const { url } = await serveSite(PORT);
  process.stdout.write(`The site is at ${url} until Ctrl-C.\n`);
}
