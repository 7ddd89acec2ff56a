import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../../problem/problem.ts';
import { coloursFor } from '../colours.ts';
import { EXIT_STATUS, type ExitStatus } from '../exit-status.ts';
import { printable } from '../printable.ts';
import { replaceFile } from '../replace-file.ts';
import type { Terminal } from '../terminal.ts';
import { detectRunner, missingScripts, RUNNERS, type TestRunner, testingFiles } from './testing-files.ts';

type Manifest = Readonly<Record<string, unknown>>;

const MANIFEST = 'package.json';

/**
 * Writes what a project needs for its first test with a tenant. Files that exist stay as they are, and so do scripts.
 *
 * @throws {Problem} `package_json_invalid`, `file_unwritable`
 */
export async function runInitTesting(
  { json, runner: explicit }: { readonly json?: boolean; readonly runner?: TestRunner },
  terminal: Terminal,
): Promise<ExitStatus> {
  const { folder } = terminal;
  const text = readManifest(folder);
  const manifest = text === undefined ? { private: true } : parseManifest(text, join(folder, MANIFEST));
  const runner = explicit ?? detectRunner(manifest);
  const scripts = missingScripts(manifest, runner);
  const written: string[] = [];
  const present: string[] = [];
  /** Folders that did not exist before. */
  const parents: string[] = [];
  try {
    for (const { path, content } of testingFiles(runner, manifest)) {
      const parent = mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (parent !== undefined) parents.push(parent);
      (create(join(folder, path), content) ? written : present).push(path);
    }
    if (Object.keys(scripts).length > 0) await addScripts(join(folder, MANIFEST), text, manifest, scripts);
  } catch (cause) {
    for (const path of written) rmSync(join(folder, path), { force: true });
    for (const parent of parents) rmSync(parent, { recursive: true, force: true });
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    throw new Problem('file_unwritable', `The files of the example cannot be written: ${code}.`, undefined, { cause });
  }
  terminal.stdout.write(
    json
      ? `${JSON.stringify({ runner, written, present, scripts })}\n`
      : describe(runner, { written, present, scripts }, terminal),
  );
  return EXIT_STATUS.ok;
}

function readManifest(folder: string): string | undefined {
  try {
    return readFileSync(join(folder, MANIFEST), 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    if (code === 'ENOENT') return undefined;
    throw new Problem('package_json_invalid', `${MANIFEST} cannot be read: ${code}.`, undefined, { cause });
  }
}

function parseManifest(text: string, file: string): Manifest {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Manifest;
  } catch {
    // Reported below.
  }
  throw new Problem('package_json_invalid', `${file} is no JSON object. Nothing has been written.`, undefined, {
    file,
  });
}

/** Returns whether the file was created: one that exists stays. */
function create(file: string, content: string): boolean {
  try {
    writeFileSync(file, content, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function addScripts(
  file: string,
  text: string | undefined,
  manifest: Manifest,
  scripts: Readonly<Record<string, string>>,
): Promise<void> {
  const indentation = /^\s*\{\r?\n([ \t]+)/.exec(text ?? '')?.[1] ?? '  ';
  const end = text === undefined || text.endsWith('\n') ? '\n' : '';
  const changed = { ...manifest, scripts: { ...((manifest.scripts as object | undefined) ?? {}), ...scripts } };
  await replaceFile(file, `${JSON.stringify(changed, null, indentation)}${end}`);
}

interface Outcome {
  readonly written: readonly string[];
  readonly present: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
}

function describe(runner: TestRunner, { written, present, scripts }: Outcome, terminal: Terminal): string {
  const colours = coloursFor(terminal);
  const { command } = RUNNERS[runner];
  const added = Object.entries(scripts).map(
    ([name, script]) => `  ${colours.green('+')} ${MANIFEST}: "${name}": ${JSON.stringify(script)}`,
  );
  const [test] = Object.keys(scripts).filter((name) => name !== 'tenant');
  return [
    '',
    ...written.map((path) => `  ${colours.green('+')} ${printable(path)}`),
    ...added,
    ...present.map((path) => `  ${colours.dim('=')} ${printable(path)} exists already and is left as it is`),
    '',
    '  Next:',
    `    1. Run the example:               ${test === undefined ? `npx ${command}` : `npm run ${test}`}`,
    '    2. Start its tenant by hand:      npm run tenant',
    '    3. Take your own tenant as the seed, and your own users: docs/testing.md',
    '',
    '',
  ].join('\n');
}
