import { type ApexExport, placeOf, textOf } from '../../export/apex-export.ts';
import { type DiagnosedScheme, type DoctorContext, isCurrent } from '../diagnosed-scheme.ts';
import type { DoctorFinding } from '../finding.ts';

/** Ways past the gate: another scheme by which people get into the same application. */
export function wayAroundChecks(
  exported: ApexExport,
  social: readonly DiagnosedScheme[],
  context: DoctorContext,
): readonly DoctorFinding[] {
  const gate = social.find(({ auth0 }) => auth0);
  if (gate === undefined) {
    // Of the scheme that the configuration names it was said already where else it signs in.
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
    const how = current ? 'is the current one' : 'can be asked for in any address (Switch in Session)';
    findings.push({
      ...placeOf(scheme, current ? 'p_name' : 'p_switch_in_session_yn'),
      id: 'way-around',
      status: 'fail',
      effect: 'open',
      found: `Scheme "${textOf(scheme, 'p_name')}" does not sign in at the tenant and ${how}: whoever comes that way never meets the policy.`,
      remedy: `Make "${gate.name}" the current scheme, and switch off Switch in Session of the other.`,
    });
  }
  return findings;
}

/** Said aloud, since nothing of what is known of Auth0 could be looked for. */
function withoutGate(exported: ApexExport, schemeName: string | undefined): DoctorFinding[] {
  const [place = exported.application] = exported.schemes;
  if (place === undefined) return [];
  const what =
    schemeName === undefined
      ? 'No scheme of this export is seen to sign in at Auth0'
      : `The scheme that the configuration means, "${schemeName}", is no Social Sign-In scheme of this export, and no other is seen to sign in at Auth0`;
  return [
    {
      file: place.file,
      line: place.line,
      id: 'no-gate-scheme',
      status: 'warn',
      effect: 'open',
      found: `${what}, so that the policy may not stand before it, and little could be looked at.`,
      remedy:
        schemeName === undefined
          ? 'Say which it is in the configuration: tenant.domain, and apex.scheme with the name of the scheme.'
          : 'Correct apex.scheme in the configuration, or export the application that has the scheme.',
    },
  ];
}
