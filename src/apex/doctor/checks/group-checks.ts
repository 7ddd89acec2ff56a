import { CURES } from '../../cures.ts';
import { placeOf, placeWithin, textOf } from '../../export/apex-export.ts';
import type { DoctorFinding } from '../finding.ts';
import type { Patient } from '../patient.ts';

/** Roles that become groups: where the application looks for them, and how the procedure reads them. */
export function groupChecks(patient: Patient): readonly DoctorFinding[] {
  return [...source(patient), ...claim(patient), ...swallowed(patient)];
}

function source({ scheme, exported, name }: Patient): DoctorFinding[] {
  const { application, authorizationSchemes } = exported;
  const source = textOf(application, 'p_populate_roles');
  const sets = /enable_dynamic_groups/i.test(code(scheme));
  const findings: DoctorFinding[] = [];
  if (application !== undefined && sets && source !== 'C') {
    findings.push({
      ...placeOf(application, 'p_populate_roles'),
      id: 'groups-not-custom',
      status: 'fail',
      effect: 'lock-out',
      found: `Scheme "${name}" sets dynamic groups, and the application looks for groups elsewhere: every authorization scheme that asks for one fails for everybody.`,
      remedy: CURES['groups-not-custom'],
    });
  }
  if (!sets) return findings;
  for (const one of authorizationSchemes) {
    const type = textOf(one, 'p_scheme_type');
    if (!/^NATIVE_IS_(?:NOT_)?IN_GROUP$/.test(type) || textOf(one, 'p_attribute_02') !== 'W') continue;
    findings.push({
      ...placeOf(one, 'p_attribute_02'),
      id: 'group-type-not-custom',
      status: 'warn',
      effect: type.includes('NOT') ? 'open' : 'lock-out',
      found: `Authorization scheme "${textOf(one, 'p_name')}" asks for a workspace group, where scheme "${name}" sets groups of its own.`,
      remedy: 'Authorization scheme > Type: Custom.',
    });
  }
  return findings;
}

const READS = /apex_json\s*\.\s*(?:get_\w+|does_exist)\s*\(\s*(?:p_path\s*=>\s*)?'(https?:\/\/[^']*)'/gi;
const COUNTS =
  /apex_json\s*\.\s*get_count\s*\(\s*(?:p_path\s*=>\s*)?(?:apex_json\s*\.\s*to_member_name\s*\(\s*)?'"?(https?:\/\/[^'"]*)/gi;

function claim({ scheme, context, auth0 }: Patient): DoctorFinding[] {
  const value = scheme.parameters.get('p_plsql_code');
  if (value === undefined) return [];
  const findings: DoctorFinding[] = [];
  for (const match of value.text.matchAll(READS)) {
    findings.push({
      ...placeWithin(scheme, value, match.index),
      id: 'claim-not-quoted',
      status: 'fail',
      effect: 'lock-out',
      found: `The claim ${match[1]} is read without quotes: APEX_JSON takes the dots in it for a path and finds nothing, so that nobody has a role.`,
      remedy: `Read apex_json.to_member_name('${match[1]}') instead of the bare name.`,
    });
  }
  for (const match of value.text.matchAll(COUNTS)) {
    findings.push({
      ...placeWithin(scheme, value, match.index),
      id: 'claim-counted',
      status: 'warn',
      effect: 'lock-out',
      found: `The claim ${match[1]} is counted. Where it is one text and no array, as some Actions send it, APEX_JSON raises VALUE_ERROR and the sign-in fails.`,
      remedy: 'Read it with apex_json.get_value, and look at its kind: nothing, a text, or an array.',
    });
  }
  const wanted = context.policy?.claim;
  const other = /https?:\/\/[^'"\s]+\/roles\b/i.exec(value.text);
  if (wanted !== undefined && auth0 && other !== null && !value.text.includes(wanted)) {
    findings.push({
      ...placeWithin(scheme, value, other.index),
      id: 'other-claim',
      status: 'fail',
      effect: 'lock-out',
      found: `The procedure reads the claim ${other[0]}, and the policy sends ${wanted}: nobody has a role.`,
      remedy: 'Read the claim that the policy names, or name this one in the policy.',
    });
  }
  return findings;
}

function swallowed({ scheme }: Patient): DoctorFinding[] {
  const value = scheme.parameters.get('p_plsql_code');
  const others = value === undefined ? null : /when\s+others\s+then\s+(?:null|return)/i.exec(value.text);
  if (value === undefined || others === null || !/apex_util\s*\.\s*redirect_url/i.test(value.text)) return [];
  return [
    {
      ...placeWithin(scheme, value, others.index),
      id: 'redirect-swallowed',
      status: 'warn',
      effect: 'open',
      found:
        'A redirect ends the request with an exception, and "when others" takes it up: whoever was to be sent away may be let in.',
      remedy: 'Let the exception pass: "when apex_application.e_stop_apex_engine then raise;" before it.',
    },
  ];
}

function code(scheme: Patient['scheme']): string {
  return textOf(scheme, 'p_plsql_code');
}
