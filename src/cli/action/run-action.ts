import { resolve } from 'node:path';
import { Problem } from '../../problem/problem.ts';
import { type ActionTrials, openActionTrials, type TrialReport } from '../../tenant/actions/library/action-trial.ts';
import { HANDLERS, type RunTrigger } from '../../tenant/actions/library/published-triggers.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { readInputFile } from '../read-input-file.ts';
import { reportError } from '../report-error.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import type { DependencyOption, ModuleOption, SecretOption } from './action-options.ts';
import { describeTrial } from './describe-trial.ts';
import { readEvent } from './event-file.ts';
import { repeatOnChange } from './repeat-on-change.ts';
import { trialHint } from './trial-hint.ts';

/** The options of `portcullis action run`. */
export interface RunActionOptions {
  readonly event?: string;
  readonly continue?: boolean;
  readonly query: Readonly<Record<string, string>>;
  readonly secret: readonly SecretOption[];
  readonly dependency: readonly DependencyOption[];
  readonly module: readonly ModuleOption[];
  readonly runtime: string;
  readonly trigger: RunTrigger;
  readonly ownNode?: boolean;
  readonly node18?: boolean;
  readonly json?: boolean;
  readonly watch?: boolean;
}

/**
 * Runs the Action in a file and prints what it would do. With `--watch`, repeats that whenever a file changes.
 *
 * @throws {Problem} `options_conflict`, or if a file cannot be used
 * @throws {Problem} if Auth0 would not accept the Action
 */
export async function runAction(file: string, options: RunActionOptions, terminal: Terminal): Promise<ExitStatus> {
  if (options.continue && options.trigger !== 'post-login') {
    const message = '--continue is for Actions of the login: no other trigger continues after a redirect.';
    throw new Problem('options_conflict', message, 'Leave out --continue or --trigger.');
  }
  const signal = listenForStop(terminal);
  const trials = openActionTrials({
    environment: terminal.environment,
    ownNode: options.ownNode ?? false,
    node18: options.node18 ?? false,
    onWaiting: () => terminal.stderr.write('Waiting for npm, which fetches packages and Node.js from its registry…\n'),
  });
  const once = () => tryFile(trials, file, options, terminal);
  try {
    if (options.watch) {
      const files = [file, ...(options.event === undefined ? [] : [options.event])];
      const paths = files.map((path) => resolve(terminal.folder, path));
      return await repeatOnChange(paths, signal, async () => {
        try {
          await once();
        } catch (error) {
          // The user sees what is wrong and continues editing.
          reportError(error, terminal, options);
        }
      });
    }
    const report = await Promise.race([once(), signal.stopped.then(() => undefined)]);
    if (report === undefined) return EXIT_STATUS.interrupted;
    return report.outcome.kind === 'error' ? EXIT_STATUS.different : EXIT_STATUS.ok;
  } finally {
    await trials.close();
    signal.ignore();
  }
}

async function tryFile(
  trials: ActionTrials,
  file: string,
  options: RunActionOptions,
  terminal: Terminal,
): Promise<TrialReport> {
  const { trigger } = options;
  const { folder: from } = terminal;
  const [code, modules, event] = await Promise.all([
    readInputFile(file, from, 'action_unreadable'),
    Promise.all(
      options.module.map(async (one) => ({
        name: one.name,
        code: await readInputFile(one.file, from, 'action_unreadable'),
      })),
    ),
    readEvent(trigger, { file: options.event, from, continuing: options.continue ?? false, query: options.query }),
  ]);
  const report = await trials
    .run({
      code,
      event,
      dependencies: options.dependency,
      secrets: options.secret,
      modules,
      runtime: options.runtime,
      handler: options.continue ? 'onContinuePostLogin' : HANDLERS[trigger],
    })
    .catch((error: unknown) => {
      throw refusedAction(error, options);
    });
  terminal.stdout.write(
    options.json
      ? `${JSON.stringify(report)}\n`
      : describeTrial(report, coloursFor(terminal), trialHint(report, file, code)),
  );
  return report;
}

/** Adds a remedy to a problem with an Action that Auth0 would not accept either. */
function refusedAction(error: unknown, { dependency }: RunActionOptions): unknown {
  if (!(error instanceof Problem)) return error;
  // A problem with the runtime already has its remedy in the message.
  if (error.code === 'build_failed' && error.message.includes('--own-node')) return error;
  if (/\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH)\b/.test(error.message)) {
    return error.withRemedy('npm does not reach its registry. Find out why, and try again: npm ping');
  }
  const [first] = dependency;
  return error.withRemedy(
    first === undefined
      ? 'Correct the Action: Auth0 would refuse it as well.'
      : `Correct --dependency. To see what npm knows of a package: npm view ${first.name}`,
  );
}
