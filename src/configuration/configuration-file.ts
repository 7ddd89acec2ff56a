import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The default name of a configuration file. */
export const CONFIGURATION_FILE = 'portcullis.config.ts';

/** The endings that a configuration may have. The first one that exists in a folder is used. */
export const EXTENSIONS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'] as const;

/**
 * Lists the paths of a folder where a configuration may be. The first one that exists is used.
 *
 * @example configurationPlaces('/home/ann/gate')[0] // '/home/ann/gate/portcullis.config.ts'
 */
export function configurationPlaces(folder: string): string[] {
  return EXTENSIONS.map((extension) => resolve(folder, `portcullis.config${extension}`));
}

/**
 * Finds the configuration in a folder.
 *
 * @returns its path; `undefined` if the folder has none
 * @example findConfiguration('/home/ann/gate') // '/home/ann/gate/portcullis.config.mjs'
 */
export function findConfiguration(folder: string): string | undefined {
  return configurationPlaces(folder).find((file) => existsSync(file));
}

/**
 * Lists the files of a folder that look like a configuration and are not used: another name, another ending, or a second
 * configuration.
 *
 * @param used the configuration in use
 * @example unusedConfigurations('/home/ann/gate', undefined) // ['/home/ann/gate/portcullis.config.json']
 */
export function unusedConfigurations(folder: string, used: string | undefined): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => /^portcullis[.-]?(?:config|configuration|policy)?\.\w+(?:\.\w+)?$/i.test(name))
    .map((name) => join(folder, name))
    .filter((file) => file !== used)
    .sort();
}
