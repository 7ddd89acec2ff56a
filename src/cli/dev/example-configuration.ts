import { basename, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONFIGURATION_FILE, findConfiguration, unusedConfigurations } from '../../configuration/configuration-file.ts';
import { printable } from '../printable.ts';
import { shellWord } from '../shell-word.ts';

/** The configuration that a command uses. */
export interface ChosenConfiguration {
  readonly file: string;
  /** Whether it is the example that comes with Portcullis, because there is no other. */
  readonly example: boolean;
  /** Files in the folder that look like a configuration and are not used. */
  readonly unused: readonly string[];
}

/**
 * Chooses the file that the user named, otherwise the first one in this folder, otherwise the example from the package, so that
 * the gate can be tried in an empty folder.
 *
 * @example
 * const { file } = chooseConfiguration(undefined, process.cwd());
 */
export function chooseConfiguration(named: string | undefined, folder: string): ChosenConfiguration {
  if (named !== undefined) return { file: resolve(folder, named), example: false, unused: [] };
  const own = findConfiguration(folder);
  const unused = unusedConfigurations(folder, own);
  return own === undefined ? { file: exampleFile(), example: true, unused } : { file: own, example: false, unused };
}

/**
 * Returns the command that copies the example, as it was written and with its types, to the current folder.
 *
 * @example copyCommand('/home/ann/gate') // 'cp node_modules/portcullis/portcullis.config.ts .'
 */
export function copyCommand(folder: string): string {
  const original = fileURLToPath(new URL(`../../../${CONFIGURATION_FILE}`, import.meta.url));
  const path = relative(folder, original);
  return `cp ${shellWord(path.startsWith('..') ? original : path)} .`;
}

/**
 * Names the files that look like a configuration and are not used. Empty if there are none.
 *
 * @example unusedNote(chooseConfiguration(undefined, folder)) // '  portcullis.config.json is not used: …\n'
 */
export function unusedNote({ file, example, unused }: ChosenConfiguration): string {
  if (unused.length === 0) return '';
  const names = unused.map((one) => printable(basename(one))).join(', ');
  const advice = example ? `The policy is read from ${CONFIGURATION_FILE}.` : `${printable(basename(file))} is.`;
  return `  ${names} is not used. ${advice}\n`;
}

/** The repository's own file. In the published package, its compiled version, since Node runs no TypeScript in there. */
function exampleFile(): string {
  return import.meta.url.endsWith('.ts')
    ? fileURLToPath(new URL(`../../../${CONFIGURATION_FILE}`, import.meta.url))
    : fileURLToPath(new URL('../../portcullis.config.js', import.meta.url));
}
