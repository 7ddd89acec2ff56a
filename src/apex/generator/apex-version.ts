import { Problem } from '../../problem/problem.ts';

/** The form of an import file. */
export interface ApexVersion {
  /** As requested, such as `24.2`. */
  readonly requested: string;
  /** The version whose form the file has: the newest known one that is not newer than the requested one. */
  readonly form: string;
  readonly versionDate: string;
  readonly hasVersionScn: boolean;
}

/** Dates read from real exports or from the install tree. Those of 26.1 and 26.2 are not known. */
const DATES: Readonly<Record<string, string>> = {
  '22.1': '2022.04.12',
  '22.2': '2022.10.07',
  '23.1': '2023.04.28',
  '23.2': '2023.10.31',
  '24.1': '2024.05.31',
  '24.2': '2024.11.30',
};
/** A newer APEX imports the export of an older one, but not the reverse. */
const FORMS: Readonly<Record<string, string>> = { '26.1': '24.2', '26.2': '24.2' };

export const APEX_VERSIONS: readonly string[] = [...Object.keys(DATES), ...Object.keys(FORMS)].sort();

/**
 * @throws {Problem} `apex_version_unknown`
 * @example apexVersion('26.2').form // '24.2'
 */
export function apexVersion(requested: string): ApexVersion {
  const form = Object.hasOwn(FORMS, requested) ? (FORMS[requested] ?? requested) : requested;
  const versionDate = Object.hasOwn(DATES, form) ? DATES[form] : undefined;
  if (versionDate === undefined) {
    throw new Problem(
      'apex_version_unknown',
      'Files for that version of APEX cannot be written.',
      `Name one of: ${APEX_VERSIONS.join(', ')}`,
    );
  }
  return { requested, form, versionDate, hasVersionScn: form >= '24.1' };
}
