import { readFileSync } from 'node:fs';
import { Command, Help, type Option } from 'commander';
import { actionCommand } from './action-command.ts';
import { apexCommand } from './apex-command.ts';
import { applyCommand } from './apply-command.ts';
import { backfillCommand } from './backfill-command.ts';
import type { RunHandler } from './command-handler.ts';
import { destroyCommand } from './destroy-command.ts';
import { devCommand } from './dev-command.ts';
import { execCommand } from './exec-command.ts';
import { exportCommand } from './export-command.ts';
import { helpCommand } from './help-command.ts';
import { initCommand } from './init-command.ts';
import { logsCommand } from './logs-command.ts';
import { planCommand } from './plan-command.ts';
import { rollbackCommand } from './rollback-command.ts';
import { tenantCommand } from './tenant-command.ts';
import { type Terminal, widthOf } from './terminal.ts';
import { testCommand } from './test-command.ts';
import { throwUsage } from './usage-error.ts';
import { verifyCommand } from './verify-command.ts';

/**
 * Returns the program with all commands, their options and their help, ready to parse arguments. A mistake is thrown, so
 * that the caller decides on the exit status of the process.
 *
 * @param terminal where help and the version are printed
 * @param run makes commander's action from a command's handler
 * @example
 * await portcullisProgram(terminal, run).parseAsync(['dev', '--once'], { from: 'user' });
 */
export function portcullisProgram(terminal: Terminal, run: RunHandler): Command {
  const program: Command = new Command('portcullis')
    .description('Decides who gets into an Oracle APEX application, and with which role, before APEX does.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', HELP)
    // `apex` and `apex doctor` both have options of their own.
    .enablePositionalOptions()
    // A mistake in the arguments is reported like every other error.
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      getOutHelpWidth: () => widthOf(terminal.stdout) ?? 80,
      getOutHasColors: () => false,
      outputError: () => {},
    })
    // Only the program's own options are global: those of `apex` do not apply to its doctor.
    .configureHelp({
      showGlobalOptions: true,
      visibleGlobalOptions: (command) => (command === program ? [] : [...program.options]),
      optionDescription,
    })
    .exitOverride((error) => throwUsage(error, program));
  for (const command of [
    devCommand(run),
    initCommand(run),
    testCommand(run),
    planCommand(run),
    applyCommand(run),
    verifyCommand(run),
    backfillCommand(run),
    logsCommand(run),
    rollbackCommand(run),
    destroyCommand(run),
    exportCommand(run),
    apexCommand(run),
    tenantCommand(run),
    execCommand(run),
    actionCommand(run, terminal),
    helpCommand(program),
  ])
    program.addCommand(inherit(command, program));
  return program;
}

/** Leaves out the empty default of an option that may be repeated. */
function optionDescription(option: Option): string {
  const value: unknown = option.defaultValue;
  const empty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return empty ? option.description : Help.prototype.optionDescription(option);
}

const HELP = `
Examples:
  $ portcullis dev         the gate on a local tenant, with a stand-in for APEX
  $ portcullis dev --once  sign in a cast of users, print who was let in and why
  $ portcullis init        a configuration for your own tenant, step by step
  $ portcullis test        run the policy's own tests
  $ portcullis plan        what would change on your tenant, and for which users
  $ portcullis apply       put the policy there
  $ portcullis tenant      a local tenant alone, for Auth0's own tools
  $ portcullis exec -- npm test    any command with a tenant around it
  $ portcullis action run gate.js  what any Action would do to a login

Exit status:
  0  all is well
  1  a check failed
  2  it could not be done; the message says why and what to do
  3  plan: something would change; export: a second one is needed
  4  the answer to the question was not yes; nothing has been done
  130  interrupted with Ctrl-C`;

function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).exitOverride((error) => throwUsage(error, command));
  for (const one of command.commands) inherit(one, command);
  return command;
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
}
