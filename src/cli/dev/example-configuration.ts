import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIGURATION_FILE } from '../../configuration/load-configuration.ts';

/** The configuration that a command uses. */
export interface ChosenConfiguration {
  readonly file: string;
  /** Whether it is the example that comes with Portcullis, because there is no other. */
  readonly example: boolean;
}

/**
 * Chooses the file that the user named, otherwise the one in this folder, otherwise the example from the package, so that
 * the gate can be tried in an empty folder.
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

/** The repository's own file. In the published package, its compiled version, since Node runs no TypeScript in there. */
function exampleFile(): string {
  return import.meta.url.endsWith('.ts')
    ? fileURLToPath(new URL(`../../../${CONFIGURATION_FILE}`, import.meta.url))
    : fileURLToPath(new URL('../../portcullis.config.js', import.meta.url));
}
