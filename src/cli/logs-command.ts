import { Command, Option } from 'commander';
import type { RunHandler } from './command-handler.ts';
import { parseSince } from './option-parsers.ts';

/** `portcullis logs`: shows the decisions of the gate. */
export function logsCommand(run: RunHandler): Command {
  return new Command('logs')
    .summary('show the decisions of the gate: who, what and why')
    .description(
      "Reads the decisions from the tenant's log and from the executions of the Action. A tenant keeps its log for a day up to a " +
        'month, depending on its plan, and executions for ten days.',
    )
    .option('--since <time>', 'how far back: 30m, 12h, 7d, or a time such as 2026-03-01T08:00Z', parseSince)
    .option('-f, --follow', 'continue with new logins, until Ctrl-C')
    .option('--stats', 'print a summary instead of each login')
    .addOption(onlyOption())
    .option('--user <text>', 'only users whose e-mail address or user id contains this')
    .option('--config <file>', 'the configuration; portcullis.config.ts of this folder, if it exists, unless given')
    .option('--json', 'print JSON: one line for each login')
    .addHelpText('after', HELP)
    .action(run(async () => (await import('./deployment/run-logs.ts')).runLogs));
}

/** The option for one outcome. `admitted` is the former word for `let-in`. */
function onlyOption(): Option {
  const option = new Option('--only <outcome>', 'only logins with this outcome')
    .choices(['let-in', 'refused', 'errors'])
    .conflicts('stats');
  const check = option.parseArg;
  return option.argParser<unknown>((value, previous) => check?.(value === 'admitted' ? 'let-in' : value, previous));
}

const HELP = `
Examples:
  $ portcullis logs                          the last day
  $ portcullis logs --follow --only refused
  $ portcullis logs --since 7d --stats
  $ portcullis logs --user ann@water.example --json

Exit status:
  0  done
  2  it could not be read; the message says why and what to do
  130  interrupted with Ctrl-C`;
