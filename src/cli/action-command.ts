import { Command, Option } from 'commander';
import { collectDependency, collectModule, collectQuery, collectSecret } from './action/action-options.ts';
import type { RunHandler } from './command-handler.ts';
import type { Terminal } from './terminal.ts';

/** The runtimes that a tenant accepts. A run without a tenant has `node24` too, which Auth0 does not offer yet. */
const RUNTIMES = ['node18', 'node22'];
const TRIGGERS = [
  'post-login',
  'credentials-exchange',
  'pre-user-registration',
  'post-user-registration',
  'post-change-password',
];

/** `portcullis action`: runs any Action file without a login, or pushes it to a local tenant while it is being written. */
export function actionCommand(run: RunHandler, terminal: Terminal): Command {
  return new Command('action')
    .summary('run any Action here, or push it to a local tenant')
    .description('Runs any Action, not only Portcullis’s: by itself, or in the logins of a local tenant.')
    .addCommand(runCommand(run, terminal))
    .addCommand(eventCommand(run))
    .addCommand(pushCommand(run, terminal))
    .addHelpText('after', HELP);
}

function runCommand(run: RunHandler, terminal: Terminal): Command {
  return contentOptions(new Command('run'), terminal, [...RUNTIMES, 'node24'])
    .summary('run an Action once and print what it would do')
    .description('Runs the code of an Action against an event, without a login, and prints what it would do to one.')
    .argument('<file>', 'the code, as it stands in Auth0’s editor')
    .option('--event <file>', 'JSON that is merged into the event template; null removes a member')
    .option('--continue', 'run onContinuePostLogin, as after a redirect')
    .option(
      '--query <name=value>',
      'a parameter of the request that the login is at (event.request.query); may be repeated',
      collectQuery,
      {},
    )
    .option(
      '--module <name=file>',
      'the code of a module that the Action requires as actions:NAME; may be repeated',
      collectModule,
      [],
    )
    .option('--own-node', 'run it on this Node.js, regardless of the runtime')
    .option('--node18', 'run an Action that names node18 on Node.js 18 instead of Node.js 22')
    .option('--json', 'print JSON')
    .option('--watch', 'run it again whenever a file changes, until Ctrl-C')
    .addHelpText('after', RUN_HELP)
    .action(run(async () => (await import('./action/run-action.ts')).runAction));
}

function eventCommand(run: RunHandler): Command {
  return new Command('event')
    .summary('print the event template')
    .description('Prints the event that `action run` starts from, to be edited and passed to it with --event.')
    .addOption(triggerOption())
    .addHelpText('after', EVENT_HELP)
    .action(run(async () => (await import('./action/print-event.ts')).printEvent));
}

function pushCommand(run: RunHandler, terminal: Terminal): Command {
  return contentOptions(new Command('push'), terminal, RUNTIMES)
    .summary('put an Action on a local tenant, deploy and bind it')
    .description(
      'Puts the code of an Action on a local tenant, deploys it and binds it to its trigger, after what is already bound. ' +
        'The tenant is the one that AUTH0_DOMAIN and the variables beside it name, in the environment or in .env.',
    )
    .argument('<file>', 'the code, as it stands in Auth0’s editor')
    .option('--name <name>', 'the name of the Action; the file’s name unless given')
    .option('--no-bind', 'do not bind the Action to its trigger')
    .option('--json', 'print JSON, one line for each push')
    .option('--watch', 'push it again whenever the file changes, until Ctrl-C')
    .addHelpText('after', PUSH_HELP)
    .action(run(async () => (await import('./action/run-push-action.ts')).runPushAction));
}

function triggerOption(): Option {
  return new Option('--trigger <name>', 'the trigger that it is for').choices(TRIGGERS).default('post-login');
}

/** Adds the options for what an Action has besides its code. */
function contentOptions(command: Command, terminal: Terminal, runtimes: readonly string[]): Command {
  return command
    .addOption(triggerOption())
    .option(
      '--secret <name=value>',
      'a secret; NAME alone takes the variable of that name of the environment or .env; may be repeated',
      collectSecret(terminal),
      [],
    )
    .option(
      '--dependency <package>',
      'an npm package that the Action declares, such as auth0@3.7.2; may be repeated',
      collectDependency,
      [],
    )
    .addOption(
      new Option('--runtime <name>', 'the Node.js version that it runs on').choices(runtimes).default('node22'),
    );
}

const HELP = `
Examples:
  $ portcullis action run gate.js         what it would do to an example login
  $ portcullis action event > ada.json    the example login, to be edited
  $ portcullis action run gate.js --event ada.json --watch
  $ portcullis action push gate.js --watch
                                          in real logins of a local tenant`;

const RUN_HELP = `
Examples:
  $ portcullis action run gate.js
  $ portcullis action run gate.js --secret DOMAIN=example.eu.auth0.com \\
      --secret CLIENT_SECRET
  $ portcullis action run gate.js --dependency axios@1.7.9 --watch
  $ portcullis action run gate.js --continue --query session_token=eyJ…
  $ portcullis action run signup.js --trigger pre-user-registration

Exit status:
  0  it ran: the login continues, is refused or is redirected
  1  it failed, and so would the login
  2  it could not be run; the message says why and what to do`;

const EVENT_HELP = `
Examples:
  $ portcullis action event > ada.json
  $ portcullis action run gate.js --event ada.json`;

const PUSH_HELP = `
Examples:
  $ portcullis action push gate.js --watch
  $ portcullis action push gate.js --name "Country check" \\
      --dependency axios@1.7.9
  $ portcullis action push gate.js --secret API_KEY

Only tenants on this machine are allowed. For others, use Auth0’s own tools.`;
