import { pageAt, pageKey } from '../../apex/doctor/application-address.ts';
import { type ApexExport, apexExport, textOf } from '../../apex/export/apex-export.ts';
import type { ExportCall } from '../../apex/export/export-calls.ts';
import { readExportFiles } from '../../apex/export/read-export-files.ts';
import { attributesFromScheme } from '../../apex/stand-in/attributes-from-scheme.ts';
import { MEMBER_OF_ANY_ORGANIZATION } from '../../apex/stand-in/authorization-scheme.ts';
import { applicationPages, findPage } from '../../apex/stand-in/page.ts';
import type { SchemeAttributes } from '../../apex/stand-in/scheme-attributes.ts';
import { Problem } from '../../problem/problem.ts';
import { STAND_IN_APPLICATION_ID } from './local-stand-in.ts';

/**
 * Reads the stand-in's settings from an exported authentication scheme.
 *
 * @param from the folder that the path is relative to; the current one unless given
 * @throws {Problem} if the file cannot be read
 * @throws {Problem} `scheme_unclear` if it has no scheme, or several without a current one
 */
export async function readSchemeFile(file: string, from = ''): Promise<Partial<SchemeAttributes>> {
  const exported = apexExport(await readExportFiles(file, from));
  const { application, release } = exported;
  const scheme = currentScheme(file, exported);
  const postLogoutUrl = standInPage(exported, textOf(scheme, 'p_logout_url'), 'SIGNED-OUT');
  const invalidSessionUrl = standInPage(exported, textOf(scheme, 'p_invalid_session_url'), 'REFUSED');
  return {
    ...attributesFromScheme(scheme, STAND_IN_APPLICATION_ID),
    ...(postLogoutUrl === undefined ? {} : { postLogoutUrl }),
    ...(invalidSessionUrl === undefined ? {} : { invalidSessionUrl }),
    ...(/^\d+\.\d/.test(release) ? { release } : {}),
    // A scheme that was exported alone does not have this setting.
    ...(application === undefined
      ? {}
      : { groupSource: textOf(application, 'p_populate_roles') === 'C' ? 'custom' : 'other' }),
  };
}

/** Finds the only Social Sign-In scheme, or the application's current one. */
function currentScheme(file: string, { schemes, application }: ApexExport): ExportCall {
  const social = schemes.filter((scheme) => textOf(scheme, 'p_scheme_type') === 'NATIVE_SOCIAL');
  const current = application?.parameters.get('p_authentication_id')?.id;
  const [scheme] =
    social.length === 1 || current === undefined
      ? social
      : social.filter((one) => one.parameters.get('p_id')?.id === current);
  if (scheme !== undefined && (social.length === 1 || current !== undefined)) return scheme;
  const message = `${file} has ${social.length} Social Sign-In schemes, and the stand-in follows the only one or the current one.`;
  throw new Problem('scheme_unclear', message);
}

/**
 * Returns the stand-in's page that represents a page of the application: a public page, unless the export shows that the
 * page requires a sign-in. Returns `undefined` for any other address.
 */
function standInPage(exported: ApexExport, address: string, publicPage: string): string | undefined {
  const key = pageKey(exported, address);
  const own = applicationPages('refused', MEMBER_OF_ANY_ORGANIZATION);
  if (key === undefined || key === '' || findPage(own, key) !== undefined) return undefined;
  const page = pageAt(exported, address)?.isPublic === false ? 'HOME' : publicPage;
  return `f?p=${STAND_IN_APPLICATION_ID}:${page}:0`;
}
