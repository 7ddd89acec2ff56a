import { apexExport, textOf } from '../../apex/export/apex-export.ts';
import { readExportFiles } from '../../apex/export/read-export-files.ts';
import { knobsFromScheme } from '../../apex/stand-in/knobs-from-scheme.ts';
import type { StandInKnobs } from '../../apex/stand-in/options.ts';
import { CliError } from '../cli-error.ts';
import { STAND_IN_APPLICATION_ID } from './local-stand-in.ts';

/**
 * The stand-in's settings, from an exported authentication scheme.
 *
 * @throws {ExportError} where the file cannot be read
 * @throws {CliError} `scheme_unclear` where it does not hold exactly one Social Sign-In scheme
 */
export async function schemeKnobs(file: string): Promise<Partial<StandInKnobs>> {
  const { schemes, application, release } = apexExport(await readExportFiles(file));
  const social = schemes.filter((scheme) => textOf(scheme, 'p_scheme_type') === 'NATIVE_SOCIAL');
  const [scheme] = social;
  if (scheme === undefined || social.length > 1) {
    const message = `${file} holds ${social.length} Social Sign-In schemes, and the stand-in follows one.`;
    throw new CliError('scheme_unclear', message, 'Give the file of one scheme, as a split export has it.');
  }
  return {
    ...knobsFromScheme(scheme, STAND_IN_APPLICATION_ID),
    ...(/^\d+\.\d/.test(release) ? { release } : {}),
    // A scheme that was exported alone says nothing of it.
    ...(application === undefined
      ? {}
      : { groupSource: textOf(application, 'p_populate_roles') === 'C' ? 'custom' : 'other' }),
  };
}
