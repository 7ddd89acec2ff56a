import { type ApexExport, placeOf, textOf } from '../../export/apex-export.ts';
import { type DiagnosedScheme, type DoctorContext, isCurrent } from '../diagnosed-scheme.ts';
import type { DoctorFinding } from '../finding.ts';

/** Finds ways around the gate: another scheme that lets users into the same application. */
export function bypassChecks(
  exported: ApexExport,
  social: readonly DiagnosedScheme[],
  context: DoctorContext,
): readonly DoctorFinding[] {
  const gate = social.find(({ auth0 }) => auth0);
  if (gate === undefined) {
    // The scheme that the configuration names has its own finding for signing in elsewhere.
    const named = social.some(({ name }) => name === context.schemeName);
    return context.policy === undefined || named ? [] : withoutGate(exported, context.schemeName);
  }
  if (context.policy === undefined) return [];
  const findings: DoctorFinding[] = [];
  for (const scheme of exported.schemes) {
    if (social.some((one) => one.auth0 && one.scheme === scheme)) continue;
    const current = exported.application !== undefined && isCurrent(exported, scheme);
    const switched = textOf(scheme, 'p_switch_in_session_yn') === 'Y';
    if (!current && !switched) continue;
    const how = current ? 'is the current one' : 'can be requested in any address (Switch in Session)';
    findings.push({
      ...placeOf(scheme, current ? 'p_name' : 'p_switch_in_session_yn'),
      id: 'way-around',
      status: 'fail',
      effect: 'open',
      found: `Scheme "${textOf(scheme, 'p_name')}" does not sign in at the tenant and ${how}: a user who signs in that way bypasses the policy.`,
      remedy: `Make "${gate.name}" the current scheme, and switch off Switch in Session of the other.`,
    });
  }
  return findings;
}

/** Reports that no scheme of Auth0 was found, since most checks then find nothing. */
function withoutGate(exported: ApexExport, schemeName: string | undefined): DoctorFinding[] {
  const [place = exported.application] = exported.schemes;
  if (place === undefined) return [];
  const what =
    schemeName === undefined
      ? 'No scheme of this export appears to sign in at Auth0'
      : `The scheme that the configuration names, "${schemeName}", is not a Social Sign-In scheme of this export, and no other appears to sign in at Auth0`;
  return [
    {
      file: place.file,
      line: place.line,
      id: 'no-gate-scheme',
      status: 'warn',
      effect: 'open',
      found: `${what}, so the policy may not protect it, and few checks were possible.`,
      remedy:
        schemeName === undefined
          ? 'Name it in the configuration: tenant.domain, and apex.scheme with the name of the scheme.'
          : 'Correct apex.scheme in the configuration, or export the application that has the scheme.',
    },
  ];
}
