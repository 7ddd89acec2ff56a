import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Decider } from '../../apex/generator/apex-target.ts';
import { APEX_VERSIONS } from '../../apex/generator/apex-version.ts';
import { generateApex } from '../../apex/generator/generate.ts';
import { loadConfiguration } from '../../configuration/load-configuration.ts';
import { CliError } from '../cli-error.ts';
import { coloursFor, printable } from '../terminal.ts';

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
    domain: deployment.domain ?? process.env.AUTH0_DOMAIN,
    clientId: options.clientId,
  });
  const folder = options.out ?? 'portcullis-apex';
  const paths = files.map(({ path }) => join(folder, path));
  const there = options.overwrite ? undefined : paths.find((path) => existsSync(path));
  if (there !== undefined) {
    throw new CliError(
      'apex_exists',
      `${there} is there already.`,
      'Replace it: --overwrite. Or name another: --out FOLDER',
    );
  }
  try {
    await mkdir(folder, { recursive: true });
    for (const { path, content } of files) await writeFile(join(folder, path), content);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CliError('apex_unwritable', `${folder} cannot be written: ${reason}.`, 'Name another: --out FOLDER', {
      cause: error,
    });
  }
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
