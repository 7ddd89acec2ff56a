import type { ApexExport } from '../export/apex-export.ts';
import { bypassChecks } from './checks/bypass-checks.ts';
import { groupChecks } from './checks/group-checks.ts';
import { pageChecks } from './checks/page-checks.ts';
import { schemeChecks } from './checks/scheme-checks.ts';
import { tenantAddressChecks } from './checks/tenant-address-checks.ts';
import { type DoctorContext, diagnosedSchemes } from './diagnosed-scheme.ts';
import type { DoctorFinding } from './finding.ts';

/** The schemes that the doctor examined, and its findings. */
export interface Diagnosis {
  readonly release: string;
  /** The Social Sign-In schemes; empty if users sign in by other means. */
  readonly schemes: readonly { readonly name: string; readonly auth0: boolean; readonly current: boolean }[];
  readonly findings: readonly DoctorFinding[];
}

/**
 * Finds the settings that cause loops, lock users out or leave the application open.
 *
 * @param context the policy and the tenant, if they are known; without them the doctor finds less
 * @example diagnose(apexExport(files), { policy, domain }).findings.map(({ id, line }) => `${id} at ${line}`)
 */
export function diagnose(exported: ApexExport, context: DoctorContext): Diagnosis {
  const social = diagnosedSchemes(exported, context);
  const findings = [
    ...social.flatMap((diagnosed) => [
      ...schemeChecks(diagnosed),
      ...groupChecks(diagnosed),
      ...pageChecks(diagnosed),
      ...tenantAddressChecks(diagnosed),
    ]),
    ...bypassChecks(exported, social, context),
  ];
  const keys = new Set<string>();
  return {
    release: exported.release,
    schemes: social.map(({ name, auth0, current }) => ({ name, auth0, current })),
    findings: findings.filter(({ id, file, line }) => {
      const key = `${id} ${file} ${line}`;
      return !keys.has(key) && keys.add(key);
    }),
  };
}
