import type { Diagnosis } from '../../apex/doctor/diagnose.ts';
import type { DoctorContext } from '../../apex/doctor/diagnosed-scheme.ts';
import type { DoctorFinding, Effect } from '../../apex/doctor/finding.ts';
import type { Colours } from '../colours.ts';
import { printable } from '../printable.ts';

const EFFECTS: Readonly<Record<Effect, string>> = {
  loop: 'loops',
  'lock-out': 'locks people out',
  open: 'leaves the application open',
  'sign-out': 'undoes the sign-out',
};

/** Describes a diagnosis for the terminal: the schemes, each finding with its place and remedy, and what no export shows. */
export function describeDiagnosis(diagnosis: Diagnosis, context: DoctorContext, colours: Colours): string {
  const { findings, schemes, release } = diagnosis;
  const names = schemes.map(({ name, auth0, current }) => {
    const marks = [...(auth0 ? ['Auth0'] : []), ...(current ? ['current'] : [])].join(', ');
    return `${printable(name)}${marks === '' ? '' : ` (${marks})`}`;
  });
  const lines = [
    '',
    `  APEX ${printable(release)}, Social Sign-In: ${names.length === 0 ? 'none' : names.join(', ')}`,
    `  ${context.policy === undefined ? 'Without a policy: --config FILE lets the doctor check more.' : 'With the policy of the configuration.'}`,
    '',
    ...findings.flatMap((finding) => describeFinding(finding, colours)),
    `  ${summary(diagnosis)}`,
    `  ${colours.dim('No export shows the callback and logout URLs of the tenant: portcullis verify looks at those.')}`,
  ];
  return `${lines.join('\n')}\n\n`;
}

function describeFinding({ status, effect, id, file, line, found, remedy }: DoctorFinding, colours: Colours): string[] {
  const sign = status === 'fail' ? colours.red('✗') : colours.yellow('!');
  const head = status === 'fail' ? EFFECTS[effect] : `perhaps ${EFFECTS[effect]}`;
  return [
    `  ${sign} ${printable(file)}:${line} ${head} ${colours.dim(`[${id}]`)}`,
    `      ${printable(found)}`,
    `      -> ${printable(remedy)}`,
    '',
  ];
}

function summary({ findings, schemes }: Diagnosis): string {
  const failed = findings.filter(({ status }) => status === 'fail').length;
  const doubtful = findings.length - failed;
  if (findings.length === 0 && !schemes.some(({ auth0 }) => auth0)) {
    return 'Nothing was found, but little was checked: no scheme was found that signs in at Auth0.';
  }
  if (findings.length === 0) return 'Nothing was found that loops, locks out or leaves open.';
  return `${failed} wrong, ${doubtful} doubtful.`;
}
