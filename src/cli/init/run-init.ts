import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { intro, outro } from '@clack/prompts';
import { CONFIGURATION_FILE, findConfiguration } from '../../configuration/configuration-file.ts';
import { readDomain } from '../../configuration/environment.ts';
import { parseConfiguration } from '../../configuration/parse-configuration.ts';
import { FURTHER_SCOPES, NEEDED_SCOPES } from '../../deployment/needed-scopes.ts';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { printable } from '../printable.ts';
import type { Terminal } from '../terminal.ts';
import { configurationOf, configurationText } from './configuration-text.ts';
import { gatherAnswers, type InitOptions } from './gather-answers.ts';
import { testsFor } from './init-rules.ts';
import { runInitTesting } from './run-init-testing.ts';

/** Asks the questions, and writes the configuration. */
export async function runInit(options: InitOptions, terminal: Terminal): Promise<ExitStatus> {
  if (options.testing) return runInitTesting(options, terminal);
  if (options.runner !== undefined) throw new Problem('usage', '--runner is for --testing only.');
  const file = resolve(terminal.folder, options.config ?? CONFIGURATION_FILE);
  const present = existsSync(file)
    ? file
    : options.config === undefined
      ? findConfiguration(terminal.folder)
      : undefined;
  if (present !== undefined) throw exists(present);
  const ask = !options.yes && !options.json && terminal.stdin.isTTY === true && terminal.stdout.isTTY === true;
  if (ask) intro('A gate for an APEX application', { output: terminal.stdout });
  try {
    const domain = readDomain({ variables: terminal.environment, cwd: terminal.folder });
    const answers = await gatherAnswers(options, domain, ask ? terminal : undefined);
    const { policy } = parseConfiguration(configurationOf(answers), { file });
    await write(file, configurationText(answers, testsFor(policy)));
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'cancelled') throw error;
    terminal.stderr.write('  Nothing has been written.\n');
    return EXIT_STATUS.interrupted;
  }
  const path = relative(terminal.folder, file) || file;
  if (ask) outro(`${path} is written.`, { output: terminal.stdout });
  terminal.stdout.write(options.json ? `${JSON.stringify({ file })}\n` : nextSteps(path, terminal));
  return EXIT_STATUS.ok;
}

/** Writes the file, unless it was created while the user was answering. */
async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'EEXIST') throw exists(file);
    throw new Problem('file_unwritable', `${file} cannot be written: ${code}.`, undefined, {
      cause: error,
    });
  }
}

function exists(file: string): Problem {
  return new Problem('configuration_exists', `${file} exists already and is left as it is.`);
}

function nextSteps(file: string, terminal: Terminal): string {
  const colours = coloursFor(terminal);
  const config = file === CONFIGURATION_FILE ? '' : ` --config ${printable(file)}`;
  return `
  ${colours.green('✓')} ${printable(file)}

  Next:
    1. Create two public pages in APEX: one for refused users, one for signed-out users.
    2. Try it here, without a tenant:       portcullis dev${config}
    3. Give a machine-to-machine application of the tenant these scopes of its Management API:
${wrapped([...NEEDED_SCOPES, ...Object.keys(FURTHER_SCOPES)])}
       and put AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET into the environment or into .env (keep that out of Git).
    4. See what would change:              portcullis plan${config}
    5. Put it on the tenant:                portcullis apply${config}

`;
}

function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (let at = 0; at < words.length; at += 5) lines.push(`         ${words.slice(at, at + 5).join(' ')}`);
  return lines.join('\n');
}
