import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ConsoleSite } from '../../tenant/console/console-site.ts';

const source = fileURLToPath(new URL('../../console/main.tsx', import.meta.url));
const built = fileURLToPath(new URL('../../console/site/', import.meta.url));

let site: Promise<ConsoleSite> | undefined;

/**
 * Loads the console from the package. In a checkout, builds it from its source when it is first requested.
 *
 * @example
 * await startTenant({ port: 4000, loopbackPort: 4001, console: { site: loadConsoleSite } });
 */
export function loadConsoleSite(): Promise<ConsoleSite> {
  site ??= existsSync(source) ? fromSource() : fromPackage();
  return site;
}

async function fromSource(): Promise<ConsoleSite> {
  const { buildSite } = await import('./build-site.ts');
  return buildSite(source, { parts: true });
}

async function fromPackage(): Promise<ConsoleSite> {
  const { readSite } = await import('./site-folder.ts');
  return readSite(built);
}
