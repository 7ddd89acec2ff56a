import { placeOf, placeWithin, textOf } from '../../export/apex-export.ts';
import type { ExportCall } from '../../export/export-calls.ts';
import { REMEDIES } from '../../mistake-remedies.ts';
import type { DiagnosedScheme } from '../diagnosed-scheme.ts';
import type { DoctorFinding } from '../finding.ts';

/** Checks the roles that become groups: the source that the application uses, and how the procedure reads them. */
export function groupChecks(diagnosed: DiagnosedScheme): readonly DoctorFinding[] {
  return [...source(diagnosed), ...claim(diagnosed), ...swallowed(diagnosed)];
}

function source(diagnosed: DiagnosedScheme): DoctorFinding[] {
  const { application, authorizationSchemes } = diagnosed.exported;
  const setBy = setsGroups(diagnosed);
  const asking = authorizationSchemes.find((one) => asksFor(one, 'C') && isInGroup(one));
  const findings: DoctorFinding[] = [];
  const astray = application !== undefined && textOf(application, 'p_populate_roles') !== 'C';
  if (astray && (setBy !== undefined || asking !== undefined)) {
    const what =
      setBy === undefined
        ? `Authorization scheme "${textOf(asking, 'p_name')}" asks for a custom group`
        : `${setBy} sets dynamic groups`;
    findings.push({
      ...placeOf(application, 'p_populate_roles'),
      id: 'groups-not-custom',
      status: 'fail',
      effect: 'lock-out',
      found: `${what}, and the application looks for groups elsewhere: every authorization scheme that asks for one fails for every user.`,
      remedy: REMEDIES['groups-not-custom'],
    });
  }
  if (setBy === undefined) return findings;
  for (const one of authorizationSchemes.filter((scheme) => asksFor(scheme, 'W'))) {
    findings.push({
      ...placeOf(one, 'p_attribute_02'),
      id: 'group-type-not-custom',
      status: 'warn',
      effect: isInGroup(one) ? 'lock-out' : 'open',
      found: `Authorization scheme "${textOf(one, 'p_name')}" asks for a workspace group. ${setBy} sets groups of its own.`,
      remedy: 'Authorization scheme > Type: Custom.',
    });
  }
  return findings;
}

/** Names the code that sets dynamic groups, as far as the export shows it: a package's own code is in the database. */
function setsGroups({ scheme, name, exported }: DiagnosedScheme): string | undefined {
  const sets = /enable_dynamic_groups|portcullis_gate\s*\.\s*post_authentication/i;
  const own = ['p_plsql_code', 'p_post_auth_process'].some((field) => sets.test(textOf(scheme, field)));
  if (own) return `Scheme "${name}"`;
  const process = exported.processes.find((one) => sets.test(textOf(one, 'p_process_sql_clob')));
  return process === undefined ? undefined : `Process "${textOf(process, 'p_process_name')}"`;
}

function asksFor(scheme: ExportCall, kind: 'C' | 'W'): boolean {
  const inGroups = /^NATIVE_IS_(?:NOT_)?IN_GROUP$/.test(textOf(scheme, 'p_scheme_type'));
  return inGroups && textOf(scheme, 'p_attribute_02') === kind;
}

function isInGroup(scheme: ExportCall): boolean {
  return textOf(scheme, 'p_scheme_type') === 'NATIVE_IS_IN_GROUP';
}

const READS = /apex_json\s*\.\s*(?:get_\w+|does_exist)\s*\(\s*(?:p_path\s*=>\s*)?'(https?:\/\/[^']*)'/gi;
const COUNTS =
  /apex_json\s*\.\s*get_count\s*\(\s*(?:p_path\s*=>\s*)?(?:apex_json\s*\.\s*to_member_name\s*\(\s*)?'"?(https?:\/\/[^'"]*)/gi;

function claim({ scheme, context, auth0 }: DiagnosedScheme): DoctorFinding[] {
  const value = scheme.parameters.get('p_plsql_code');
  if (value === undefined) return [];
  const findings: DoctorFinding[] = [];
  for (const match of value.text.matchAll(READS)) {
    findings.push({
      ...placeWithin(scheme, value, match.index),
      id: 'claim-not-quoted',
      status: 'fail',
      effect: 'lock-out',
      found: `The claim ${match[1]} is read without quotes: APEX_JSON takes the dots in it for a path and finds nothing, so no user has a role.`,
      remedy: `Read apex_json.to_member_name('${match[1]}') instead of the bare name.`,
    });
  }
  for (const match of value.text.matchAll(COUNTS)) {
    findings.push({
      ...placeWithin(scheme, value, match.index),
      id: 'claim-counted',
      status: 'warn',
      effect: 'lock-out',
      found: `The claim ${match[1]} is counted. If it is one text and not an array, as some Actions send it, APEX_JSON raises VALUE_ERROR and the sign-in fails.`,
      remedy: 'Read it with apex_json.get_value, and look at its kind: nothing, a text, or an array.',
    });
  }
  const claimName = context.policy?.claim;
  const other = /https?:\/\/[^'"\s]+\/roles\b/i.exec(value.text);
  if (claimName !== undefined && auth0 && other !== null && !value.text.includes(claimName)) {
    findings.push({
      ...placeWithin(scheme, value, other.index),
      id: 'other-claim',
      status: 'fail',
      effect: 'lock-out',
      found: `The procedure reads the claim ${other[0]}, and the policy sends ${claimName}: no user has a role.`,
      remedy: 'Read the claim that the policy names, or name this one in the policy.',
    });
  }
  return findings;
}

function swallowed({ scheme }: DiagnosedScheme): DoctorFinding[] {
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
        'A redirect ends the request with an exception, and "when others" takes it up: a refused user may be let in.',
      remedy: 'Let the exception pass: "when apex_application.e_stop_apex_engine then raise;" before it.',
    },
  ];
}
