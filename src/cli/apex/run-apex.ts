import type { Decider } from '../../apex/generator/apex-target.ts';
import { APEX_VERSIONS } from '../../apex/generator/apex-version.ts';
import { generateApex } from '../../apex/generator/generate.ts';
import { readDomain } from '../../configuration/environment.ts';
import { loadConfiguration } from '../../configuration/load-configuration.ts';
import { CliError } from '../cli-error.ts';
import { coloursFor, printable } from '../terminal.ts';
import { writeFolder } from '../write-folder.ts';

/** What was typed behind `portcullis apex`. */
export interface ApexCommandOptions {
  readonly apex?: string;
  readonly out?: string;
  readonly decide: Decider;
  readonly clientId?: string;
  readonly overwrite?: boolean;
  readonly config?: string;
  readonly json?: boolean;
}

/** Writes the folder, and says what is still missing. */
export async function runApex(options: ApexCommandOptions): Promise<void> {
  // Checked here, since a subcommand has no need of it.
  if (options.apex === undefined) {
    throw new CliError(
      'apex_version_missing',
      'Which version of APEX?',
      `Name one of ${APEX_VERSIONS.join(', ')}: --apex 24.2`,
    );
  }
  const { policy, deployment, apex } = await loadConfiguration({ path: options.config });
  const { files, missing } = await generateApex({
    ...apex,
    policy,
    version: options.apex,
    decider: options.decide,
    domain: deployment.domain ?? readDomain(),
    clientId: options.clientId,
  });
  const folder = options.out ?? 'portcullis-apex';
  const paths = await writeFolder(folder, files, { overwrite: options.overwrite === true });
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ files: paths, missing })}\n`);
    return;
  }
  const colours = coloursFor(process.stdout);
  const lines = paths.map((path) => `  ${colours.green('+')} ${printable(path)}`);
  const gaps = missing.map(
    ({ placeholder, remedy }) => `  ${colours.yellow('!')} ${placeholder} stands in the files: give ${remedy}\n`,
  );
  process.stdout.write(
    `\n${lines.join('\n')}\n\n${gaps.join('')}  Next: read sheet.md. Try it on a copy of the application first.\n`,
  );
}
