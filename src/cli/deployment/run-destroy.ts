import { destroyDeployment } from '../../deployment/destroy/destroy-deployment.ts';
import { type OwnThing, planDestroy } from '../../deployment/destroy/destroy-plan.ts';
import { type Colours, coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { confirm } from './confirm.ts';
import { tenantTarget } from './tenant-target.ts';

/** The options of `portcullis destroy`. */
export interface DestroyCommandOptions {
  readonly keepRoles?: boolean;
  readonly config?: string;
  readonly yes?: boolean;
  readonly takeOver?: boolean;
  readonly json?: boolean;
}

/** Shows what Portcullis has created, asks for confirmation, and removes it. */
export async function runDestroy(options: DestroyCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  const { management, domain } = await tenantTarget(options.config, terminal);
  const colours = coloursFor(terminal);
  const plan = await planDestroy(management, { keepRoles: options.keepRoles === true }).catch((error: unknown) => {
    throw explainManagementError(error, domain);
  });
  if (plan.things.length === 0) {
    const nothing = `\n  Tenant ${colours.bold(printable(domain))}: nothing of Portcullis is there.\n\n`;
    terminal.stdout.write(options.json ? `${JSON.stringify({ domain, removed: [] })}\n` : nothing);
    return EXIT_STATUS.ok;
  }
  if (!options.json) terminal.stdout.write(describeDestroy(domain, plan.things, colours));
  if (!options.yes && !(await confirm(`Remove this from ${domain}?`, terminal))) {
    terminal.stdout.write('  Nothing has been done.\n');
    return EXIT_STATUS.declined;
  }
  const stop = listenForStop(terminal);
  const done: OwnThing[] = [];
  try {
    await destroyDeployment(management, plan, {
      takeOver: options.takeOver === true,
      signal: stop.abortSignal,
      onDone(thing) {
        done.push(thing);
        if (!options.json) terminal.stdout.write(`  ${colours.green('✓')} ${titleOf(thing)}\n`);
      },
    });
    if (options.json) terminal.stdout.write(`${JSON.stringify({ domain, removed: done })}\n`);
    else terminal.stdout.write('\n  Nothing of Portcullis is left.\n\n');
    return EXIT_STATUS.ok;
  } catch (error) {
    if (!stop.requested) throw explainManagementError(error, domain);
    terminal.stderr.write(
      `  Stopped after ${done.length} of ${plan.things.length}. Continue with: portcullis destroy\n`,
    );
    return EXIT_STATUS.interrupted;
  } finally {
    stop.ignore();
  }
}

function describeDestroy(domain: string, things: readonly OwnThing[], colours: Colours): string {
  return [
    '',
    `  Tenant ${colours.bold(printable(domain))}`,
    '',
    ...things.map((thing) => `  ${colours.red('-')} ${titleOf(thing)}`),
    '',
    '  Afterwards nothing guards the application: every user who signs in at Auth0 gets in.',
    '',
    '',
  ].join('\n');
}

function titleOf(thing: OwnThing): string {
  const name = `"${printable(thing.name)}"`;
  switch (thing.resource) {
    case 'binding':
      return `login flow ${name}`;
    case 'action':
      return `action ${name}, with all its versions`;
    case 'role':
      return `role ${name}${thing.holders ? '; the users who have it lose it' : ''}`;
    case 'application_urls':
      return `application ${name}: ${thing.urls.map(({ url }) => printable(url)).join(', ')}`;
    case 'application':
      return `application ${name}, with its client grant`;
  }
}
