import type { Decider } from '../../apex/generator/apex-target.ts';
import { APEX_VERSIONS } from '../../apex/generator/apex-version.ts';
import { generateApex } from '../../apex/generator/generate.ts';
import { describeUndecidable } from '../../apex/generator/undecidable-rules.ts';
import { readDomain } from '../../configuration/environment.ts';
import { loadConfiguration } from '../../configuration/load-configuration.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { writeFolder } from '../write-folder.ts';

/** The options of `portcullis apex`. */
export interface ApexCommandOptions {
  readonly apex?: string;
  readonly out?: string;
  readonly decide: Decider;
  /** One of the policy's applications. */
  readonly application?: string;
  readonly clientId?: string;
  readonly overwrite?: boolean;
  readonly config?: string;
  readonly json?: boolean;
}

/** Writes the folder and reports what is still missing. */
export async function runApex(options: ApexCommandOptions, terminal: Terminal): Promise<ExitStatus> {
  // Checked here, since commander would require the option for the subcommand, too.
  if (options.apex === undefined) {
    throw new Problem(
      'apex_version_missing',
      'Which version of APEX?',
      `Name one of ${APEX_VERSIONS.join(', ')}: --apex 24.2`,
    );
  }
  const { policy, deployment, apex } = await loadConfiguration({ path: options.config, cwd: terminal.folder });
  const { applications, ...shared } = apex ?? {};
  const { files, missing, undecided } = await generateApex({
    ...shared,
    ...applications?.[options.application ?? ''],
    policy,
    guarded: options.application,
    version: options.apex,
    decider: options.decide,
    domain: deployment.domain ?? readDomain({ variables: terminal.environment, cwd: terminal.folder }),
    clientId: options.clientId,
  });
  const folder = options.out ?? 'portcullis-apex';
  const paths = await writeFolder(folder, files, { from: terminal.folder, overwrite: options.overwrite === true });
  if (options.json) {
    terminal.stdout.write(`${JSON.stringify({ files: paths, missing, undecided })}\n`);
    return EXIT_STATUS.ok;
  }
  const colours = coloursFor(terminal);
  const lines = paths.map((path) => `  ${colours.green('+')} ${printable(path)}`);
  const gaps = missing.map(
    ({ placeholder, remedy }) => `  ${colours.yellow('!')} ${placeholder} stands in the files: give ${remedy}\n`,
  );
  if (undecided.length > 0) {
    gaps.push(
      `  ${colours.yellow('!')} The database cannot decide these rules, since no token says what they ask for:\n` +
        undecided.map((rule) => `      ${printable(describeUndecidable(rule))}\n`).join('') +
        '    The Action decides alone, and the files for deciding in the database are left out.\n',
    );
  }
  terminal.stdout.write(
    `\n${lines.join('\n')}\n\n${gaps.join('')}  Next: read sheet.md. Try it on a copy of the application first.\n`,
  );
  return EXIT_STATUS.ok;
}
