import { readGate } from '../../deployment/read-tenant.ts';
import { type DeployedVersion, deployedVersions } from '../../deployment/rollback/deployed-versions.ts';
import { planRollback, type RollbackPlan, rollBack } from '../../deployment/rollback/roll-back.ts';
import { type Colours, coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { confirm } from './confirm.ts';
import { tenantTarget } from './tenant-target.ts';

/** The options of `portcullis rollback`. */
export interface RollbackCommandOptions {
  readonly list?: boolean;
  readonly to?: number;
  readonly config?: string;
  readonly yes?: boolean;
  readonly takeOver?: boolean;
  readonly unguard?: readonly string[];
  readonly json?: boolean;
}

/** Shows which version would run again, asks for confirmation, and deploys it. */
export async function runRollback(options: RollbackCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  const { management, domain } = await tenantTarget(options.config, terminal);
  const colours = coloursFor(terminal);
  try {
    if (options.list) {
      const versions = await deployedVersions(management, (await readGate(management)).action);
      if (options.json) terminal.stdout.write(`${JSON.stringify({ domain, versions: versions.map(withoutCode) })}\n`);
      else terminal.stdout.write(describeVersions(domain, versions, colours));
      return EXIT_STATUS.ok;
    }
    const plan = await planRollback(management, options.to, options.unguard);
    if (!options.json) terminal.stdout.write(describeRollback(domain, plan, colours));
    if (plan.from.code === plan.to.code) {
      if (options.json)
        terminal.stdout.write(`${JSON.stringify({ domain, runs: plan.from.number, changed: false })}\n`);
      else terminal.stdout.write('  It already runs. Nothing has been done.\n\n');
      return EXIT_STATUS.ok;
    }
    if (!options.yes && !(await confirm(`Let version ${plan.to.number} run again on ${domain}?`, terminal))) {
      terminal.stdout.write('  Nothing has been done.\n');
      return EXIT_STATUS.declined;
    }
    const runs = await rollBack(management, plan, { takeOver: options.takeOver === true });
    if (options.json) {
      terminal.stdout.write(
        `${JSON.stringify({ domain, runs, changed: true, copyOf: plan.to.number, differences: plan.differences })}\n`,
      );
    } else {
      terminal.stdout.write(
        `  ${colours.green('✓')} Version ${plan.to.number} runs again, as version ${runs}. The configuration still says otherwise: portcullis plan\n\n`,
      );
    }
    return EXIT_STATUS.ok;
  } catch (error) {
    throw explainManagementError(error, domain);
  }
}

function withoutCode({ code: _, ...version }: DeployedVersion): Omit<DeployedVersion, 'code'> {
  return version;
}

function describeVersions(domain: string, versions: readonly DeployedVersion[], colours: Colours): string {
  const lines = versions.map(({ number, createdAt, runs, policy, intact }) => {
    const sign = runs ? colours.green('>') : ' ';
    const description =
      policy === undefined
        ? 'cannot be read'
        : intact
          ? describePolicy(policy)
          : `edited by hand; ${describePolicy(policy)}`;
    return `  ${sign} ${String(number).padStart(4)}  ${printable(createdAt?.slice(0, 19) ?? '').padEnd(19)}  ${description}`;
  });
  return ['', `  Tenant ${colours.bold(printable(domain))}; > runs`, '', ...lines, '', ''].join('\n');
}

function describePolicy({
  defaultRole,
  organizations,
  refuse = [],
  admit = [],
  unverifiedEmail,
  onFailure,
}: NonNullable<DeployedVersion['policy']>) {
  const roles = [
    ...(refuse.length === 0 ? [] : [`refuses by ${refuse.length} ${refuse.length === 1 ? 'rule' : 'rules'}`]),
    ...(admit.length === 0 ? [] : [`lets in by ${admit.length} ${admit.length === 1 ? 'rule' : 'rules'}`]),
    defaultRole === undefined ? 'no default role' : `default role "${printable(defaultRole)}"`,
    ...organizations.map(({ role, domains }) => `"${printable(role)}" for ${printable(domains.join(', '))}`),
  ];
  const lenient = [
    ...(unverifiedEmail === 'admit' ? ['unverified users let in'] : []),
    ...(onFailure === 'admit' ? ['users let in without their role if Auth0 fails'] : []),
  ];
  return [...roles, ...lenient].join('; ').slice(0, 160);
}

function describeRollback(domain: string, { from, to, differences }: RollbackPlan, colours: Colours): string {
  const width = Math.max(0, ...differences.map(({ name }) => name.length));
  return [
    '',
    `  Tenant ${colours.bold(printable(domain))}: version ${from.number} runs, version ${to.number} is to run again`,
    '',
    ...differences.map(
      ({ name, before, after }) =>
        `    ${printable(name).padEnd(width)}  ${printable(before ?? '(none)')} ${colours.yellow('->')} ${printable(after)}`,
    ),
    ...(differences.length === 0 ? ['    Its policy is the same.'] : []),
    '',
    '',
  ].join('\n');
}
