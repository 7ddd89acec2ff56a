import { decide } from '../../policy/decide.ts';
import { explain } from '../../policy/explain.ts';
import type { Policy } from '../../policy/policy.ts';
import { type Colours, printable } from '../terminal.ts';
import type { Person } from './cast.ts';
import type { ChosenConfiguration } from './example-configuration.ts';
import type { LocalGate } from './local-gate.ts';

/** What a person reads when the gate is up: where to go, and whom to sign in as. */
export function welcome(gate: LocalGate, policy: Policy, configuration: ChosenConfiguration, colours: Colours): string {
  const { tenant, standIn } = gate;
  const password = gate.cast.find((person) => person.password !== undefined)?.password ?? '';
  return [
    '',
    `  ${colours.bold('The gate is up.')} Open the application and sign in as one of these people:`,
    '',
    `  ${colours.bold('Application')}  ${colours.cyan(standIn.homeUrl)}  ${colours.dim('stands in for APEX')}`,
    `  Tenant       ${colours.cyan(tenant.loopbackUrl)}  ${colours.dim('and over HTTPS')} ${colours.cyan(tenant.url)}`,
    `  Policy       ${printable(configuration.file)}${configuration.example ? colours.dim('  (the example; copy it to your folder to change it)') : ''}`,
    '',
    ...castTable(gate.cast, policy, gate.clientId, colours),
    '',
    `  Password of all: ${colours.bold(password)}`,
    '',
    colours.dim('  Every login is shown below. Save the policy and it is at work within two seconds. Ctrl-C stops.'),
    '',
  ].join('\n');
}

function castTable(cast: readonly Person[], policy: Policy, application: string, colours: Colours): string[] {
  const lines = cast.map((person) => {
    const how = person.password === undefined ? `${person.email} (Continue with Google)` : person.email;
    const decision = decide(policy, {
      application,
      email: person.email,
      emailVerified: person.emailVerified,
      roles: person.roles,
    });
    return { how, kind: person.kind, sentence: explain(decision), refused: decision.outcome === 'refuse' };
  });
  const width = (pick: (line: (typeof lines)[number]) => string) => Math.max(...lines.map((line) => pick(line).length));
  const hows = width((line) => line.how);
  const kinds = width((line) => line.kind);
  return lines.map(({ how, kind, sentence, refused }) => {
    const paint = refused ? colours.yellow : colours.green;
    return `  ${printable(how).padEnd(hows)}  ${colours.dim(printable(kind).padEnd(kinds))}  ${paint(printable(sentence))}`;
  });
}
