import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIGURATION_FILE } from '../../configuration/load-configuration.ts';

/** Which configuration a command uses. */
export interface ChosenConfiguration {
  readonly file: string;
  /** Whether it is the example that comes with Portcullis, for want of another. */
  readonly example: boolean;
}

/**
 * The file that the person named, else the one in this folder, else the example that comes with the package: the gate
 * can be tried in an empty folder.
 *
 * @example
 * const { file } = chooseConfiguration(undefined, process.cwd());
 */
export function chooseConfiguration(named: string | undefined, folder: string): ChosenConfiguration {
  if (named !== undefined) return { file: resolve(folder, named), example: false };
  const own = resolve(folder, CONFIGURATION_FILE);
  if (existsSync(own)) return { file: own, example: false };
  return { file: exampleFile(), example: true };
}

/** The repository's own file; in the published package its compiled twin, since Node runs no TypeScript there. */
function exampleFile(): string {
  return import.meta.url.endsWith('.ts')
    ? fileURLToPath(new URL(`../../../${CONFIGURATION_FILE}`, import.meta.url))
    : fileURLToPath(new URL('../../portcullis.config.js', import.meta.url));
}
