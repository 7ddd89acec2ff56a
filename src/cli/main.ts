import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { actionCommand } from './action-command.ts';
import { apexCommand } from './apex-command.ts';
import { applyCommand } from './apply-command.ts';
import { backfillCommand } from './backfill-command.ts';
import { destroyCommand } from './destroy-command.ts';
import { devCommand } from './dev-command.ts';
import { EXIT_STATUS } from './exit-status.ts';
import { exportCommand } from './export-command.ts';
import { initCommand } from './init-command.ts';
import { logsCommand } from './logs-command.ts';
import { planCommand } from './plan-command.ts';
import { describeError, errorAsJson } from './report-error.ts';
import { rollbackCommand } from './rollback-command.ts';
import { tenantCommand } from './tenant-command.ts';
import { coloursFor } from './terminal.ts';
import { verifyCommand } from './verify-command.ts';

/**
 * The command line. Sets the process's exit status and leaves the process to end by itself, so that nothing that is
 * still being written is cut off.
 *
 * @param args what was typed behind `portcullis`
 * @example
 * await main(['dev', '--once']);
 */
export async function main(args: readonly string[]): Promise<void> {
  // Whoever reads may stop reading (`| head`): that is no mistake, and there is nobody to tell.
  process.stdout.on('error', () => {});
  const program: Command = new Command('portcullis')
    .description('Says who gets into an Oracle APEX application, and with which role, before APEX does.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', HELP)
    // `apex` has options of its own, and so has `apex doctor`.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for what it takes)')
    // Of the options in front of a command only the program's own are for every one: those of `apex` are not for its doctor.
    .configureHelp({ showGlobalOptions: true, visibleGlobalOptions: () => [...program.options] })
    .exitOverride();
  for (const command of [
    devCommand(),
    initCommand(),
    planCommand(),
    applyCommand(),
    verifyCommand(),
    backfillCommand(),
    logsCommand(),
    rollbackCommand(),
    destroyCommand(),
    exportCommand(),
    apexCommand(),
    tenantCommand(),
    actionCommand(),
  ])
    program.addCommand(inherit(command, program));
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said what there was to say.
      process.exitCode = error.exitCode === 0 ? EXIT_STATUS.ok : EXIT_STATUS.failed;
      return;
    }
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify(errorAsJson(error))}\n`);
    process.stderr.write(describeError(error, coloursFor(process.stderr)));
    process.exitCode = EXIT_STATUS.failed;
  }
}

const HELP = `
Examples:
  $ portcullis dev         the gate on a local tenant, with a stand-in for APEX
  $ portcullis dev --once  sign a cast of people in, print who got in and why
  $ portcullis init        a configuration for your own tenant, step by step
  $ portcullis plan        what would change on your tenant, and for whom
  $ portcullis apply       put the policy there
  $ portcullis tenant      a local tenant alone, for Auth0's own tools
  $ portcullis action run gate.js  what any Action would do to a login

Exit status:
  0  all is well
  1  what was checked is not so
  2  it could not be done; the message says why and what to do
  3  plan: something would change; export: a second one is needed
  130  interrupted with Ctrl-C`;

function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).exitOverride();
  for (const one of command.commands) inherit(one, command);
  return command;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
}
