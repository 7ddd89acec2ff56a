import type { ApexExport } from '../export/apex-export.ts';
import { groupChecks } from './checks/group-checks.ts';
import { pageChecks } from './checks/page-checks.ts';
import { schemeChecks } from './checks/scheme-checks.ts';
import { wayAroundChecks } from './checks/way-around-checks.ts';
import { type DoctorContext, diagnosedSchemes } from './diagnosed-scheme.ts';
import type { DoctorFinding } from './finding.ts';

/** What the doctor looked at, and found. */
export interface Diagnosis {
  readonly release: string;
  /** The Social Sign-In schemes; none where people sign in by other means. */
  readonly schemes: readonly { readonly name: string; readonly auth0: boolean; readonly current: boolean }[];
  readonly findings: readonly DoctorFinding[];
}

/**
 * What will loop, lock people out or leave the application open.
 *
 * @param context the policy and the tenant, as far as they are known; without them less can be said
 * @example diagnose(apexExport(files), { policy, domain }).findings.map(({ id, line }) => `${id} at ${line}`)
 */
export function diagnose(exported: ApexExport, context: DoctorContext): Diagnosis {
  const social = diagnosedSchemes(exported, context);
  const findings = [
    ...social.flatMap((diagnosed) => [...schemeChecks(diagnosed), ...groupChecks(diagnosed), ...pageChecks(diagnosed)]),
    ...wayAroundChecks(exported, social, context),
  ];
  const seen = new Set<string>();
  return {
    release: exported.release,
    schemes: social.map(({ name, auth0, current }) => ({ name, auth0, current })),
    findings: findings.filter(({ id, file, line }) => {
      const key = `${id} ${file} ${line}`;
      return !seen.has(key) && seen.add(key);
    }),
  };
}
