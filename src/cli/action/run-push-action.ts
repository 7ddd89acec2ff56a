import { basename, extname, resolve } from 'node:path';
import { readEnvironment } from '../../configuration/environment.ts';
import { connect } from '../../deployment/connect.ts';
import { type PushResult, pushAction } from '../../deployment/push-action.ts';
import { Problem } from '../../problem/problem.ts';
import { syntaxError } from '../../tenant/actions/library/code-syntax.ts';
import type { RunTrigger } from '../../tenant/actions/library/published-triggers.ts';
import { assertLocalTenant } from '../assert-local-tenant.ts';
import { type Colours, coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { explainManagementError } from '../explain-management-error.ts';
import { printable } from '../printable.ts';
import { readInputFile } from '../read-input-file.ts';
import { reportError } from '../report-error.ts';
import { listenForStop } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';
import { trustCertificatesOfEnvFile } from '../trust-env-certificates.ts';
import type { DependencyOption, SecretOption } from './action-options.ts';
import { repeatOnChange } from './repeat-on-change.ts';

/** The options of `portcullis action push`. */
export interface RunPushActionOptions {
  readonly name?: string;
  readonly bind: boolean;
  readonly trigger: RunTrigger;
  readonly secret: readonly SecretOption[];
  readonly dependency: readonly DependencyOption[];
  readonly runtime: string;
  readonly json?: boolean;
  readonly watch?: boolean;
}

/**
 * Puts the Action in a file on the tenant of the environment, deploys and binds it. With `--watch`, repeats that whenever the file changes.
 *
 * @throws {Problem} if the environment names no tenant
 * @throws {Problem} `not_local`, `action_unreadable`, `tenant_unreachable`, `tenant_refused`
 * @throws {Problem} `action_syntax`, `build_failed`
 */
export async function runPushAction(
  file: string,
  options: RunPushActionOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const environment = readEnvironment({ variables: terminal.environment, cwd: terminal.folder });
  // Unfinished code must not run in the logins of a real tenant.
  assertLocalTenant(environment.domain, 'An Action is not pushed elsewhere.');
  trustCertificatesOfEnvFile(terminal);
  const management = connect(environment);
  const signal = listenForStop(terminal);
  const name = options.name ?? basename(file, extname(file));
  const once = async () => {
    const { secret: secrets, dependency: dependencies, runtime, bind, trigger } = options;
    const code = await readInputFile(file, terminal.folder, 'action_unreadable');
    assertParses(code, name);
    const action = { name, trigger, code, secrets, dependencies, runtime, bind };
    const result: PushResult = await pushAction(management, action).catch((error: unknown) => {
      throw buildProblem(error) ?? explainManagementError(error, environment.domain);
    });
    const line = options.json
      ? JSON.stringify({ name, ...result })
      : describe(name, trigger, result, coloursFor(terminal));
    terminal.stdout.write(`${line}\n`);
  };
  try {
    if (options.watch) {
      return await repeatOnChange([resolve(terminal.folder, file)], signal, async () => {
        try {
          await once();
        } catch (error) {
          reportError(error, terminal, options);
        }
      });
    }
    const stopped = await Promise.race([once(), signal.stopped]);
    return stopped === undefined ? EXIT_STATUS.ok : EXIT_STATUS.interrupted;
  } finally {
    signal.ignore();
  }
}

/**
 * Refuses code before it is sent: Auth0 builds and deploys an Action that cannot be parsed, and every run of it fails.
 *
 * @throws {Problem} `action_syntax`
 */
function assertParses(code: string, name: string): void {
  const error = syntaxError(code);
  if (error === undefined) return;
  throw new Problem('action_syntax', `The code of the Action "${name}" cannot be parsed: ${error}`);
}

/** The author has the code in an editor, not under Actions > Library, so the remedy differs. */
function buildProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Problem) || error.code !== 'build_failed') return undefined;
  return error.withRemedy('Correct it, and push it again.');
}

function describe(name: string, trigger: RunTrigger, { change, version, bound }: PushResult, colours: Colours): string {
  const time = colours.dim(new Date().toTimeString().slice(0, 8));
  const where = bound ? `, bound to ${trigger === 'post-login' ? 'the login' : trigger}` : '';
  const what = change === 'created' ? 'new' : 'updated';
  return `${time}  ${colours.green('deployed')}  "${printable(name)}" ${what}, version ${version ?? '?'}${where}`;
}
