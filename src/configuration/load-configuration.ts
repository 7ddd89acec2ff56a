import { readFile, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Policy } from '../policy/policy.ts';
import type { PolicyTest } from '../policy/policy-test.ts';
import { Problem } from '../problem/problem.ts';
import { CONFIGURATION_FILE, EXTENSIONS, findConfiguration, unusedConfigurations } from './configuration-file.ts';
import { importFresh, type UnresolvedImport } from './fresh-import.ts';
import { type ApexSettings, type DeploymentSettings, parseConfiguration } from './parse-configuration.ts';
import { findSyntaxError } from './syntax-error.ts';

const DEFAULT_TIMEOUT_MS = 10_000;

export interface LoadConfigurationOptions {
  /** The file, or a folder with a `portcullis.config.ts`, `.mts`, `.cts`, `.js`, `.mjs` or `.cjs` in it, relative to `cwd`. The folder `cwd` by default. */
  readonly path?: string | undefined;
  /** The current folder by default. */
  readonly cwd?: string | undefined;
  /** The time that the file may take to run, in milliseconds; 10 000 by default. */
  readonly timeoutMs?: number | undefined;
}

export interface Configuration {
  /** The file that it was read from, as an absolute path. */
  readonly file: string;
  readonly policy: Policy;
  /** The tests in the policy. */
  readonly tests: readonly PolicyTest[];
  readonly deployment: DeploymentSettings;
  readonly apex: ApexSettings | undefined;
}

/**
 * Reads the configuration as it is on the disk now, including local files that it imports, and checks it.
 *
 * @returns the file's path and the policy, with its defaults filled in
 * @throws {Problem} `file_*` if the file cannot be read or run, `policy_invalid` or `configuration_invalid` if its
 *   export is not valid. It throws nothing else.
 * @example const { policy } = await loadConfiguration({ path: 'portcullis.config.ts' });
 */
export async function loadConfiguration(options: LoadConfigurationOptions = {}): Promise<Configuration> {
  const file = await findFile(resolve(options.cwd ?? process.cwd(), options.path ?? '.'));
  const exports = await run(file, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  if (exports.default === undefined) throw withoutDefaultExport(file, Object.keys(exports));
  return { file, ...parseConfiguration(exports.default, { file }) };
}

async function findFile(path: string): Promise<string> {
  const stats = await statOrExplain(path);
  if (stats.isDirectory()) {
    const file = findConfiguration(path);
    if (file !== undefined) return file;
    throw missingIn(path);
  }
  if (EXTENSIONS.some((extension) => extension === extname(path))) return path;
  const message = `${path} is not a configuration file: its name must end in ${EXTENSIONS.join(', ')}.`;
  throw new Problem('file_unreadable', message, undefined, { file: path });
}

function missingIn(folder: string): Problem {
  const file = join(folder, CONFIGURATION_FILE);
  const unused = unusedConfigurations(folder, undefined).map((one) => basename(one));
  const similar =
    unused.length === 0
      ? ''
      : ` ${unused.join(', ')} in the same folder is not used: rename it to ${CONFIGURATION_FILE}.`;
  return new Problem('file_missing', `There is no ${file}.${similar}`, undefined, { file });
}

async function statOrExplain(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    throw missingOrUnreadable(path, error);
  }
}

function missingOrUnreadable(path: string, cause: unknown): Problem {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') {
    return new Problem('file_unreadable', `${path} cannot be read (${String(code)}).`, undefined, {
      file: path,
      cause,
    });
  }
  return new Problem('file_missing', `There is no ${path}.`, undefined, { file: path, cause });
}

async function run(file: string, timeoutMs: number): Promise<Readonly<Record<string, unknown>>> {
  const abandonment = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const message = `${file} did not finish within ${timeoutMs / 1000} s.`;
    timer = setTimeout(() => {
      abandonment.abort();
      reject(new Problem('file_never_finished', message, undefined, { file }));
    }, timeoutMs);
  });
  try {
    const imported = await Promise.race([importFresh(pathToFileURL(file).href, abandonment.signal), timeout]);
    if ('exports' in imported) return imported.exports;
    throw await importProblem(imported.unresolved, file);
  } catch (error) {
    throw error instanceof Problem ? error : await failureProblem(error, file);
  } finally {
    clearTimeout(timer);
  }
}

async function importProblem({ specifier, importer, cause }: UnresolvedImport, root: string): Promise<Problem> {
  const file = importer.startsWith('file:') ? fileURLToPath(importer) : root;
  // The file was found before; it can fail to resolve only if it was removed in between.
  if (specifier.startsWith('file:')) return new Problem('file_missing', `There is no ${root}.`, undefined, { file });
  const source = await readFile(file, 'utf8').catch(() => '');
  const index = source
    .split('\n')
    .findIndex((line) => line.includes(`'${specifier}'`) || line.includes(`"${specifier}"`));
  const line = index < 0 ? undefined : index + 1;
  const message = `${formatPlace(file, line)} imports ${JSON.stringify(specifier)}, which does not exist.`;
  return new Problem('file_import', message, adviseOnImport(specifier), { file, line, cause });
}

function adviseOnImport(specifier: string): string {
  if (!/^\.{0,2}\//.test(specifier)) return `Install it: npm install ${packageName(specifier)}`;
  if (extname(specifier) === '') return `Write the name with its ending: ${JSON.stringify(`${specifier}.ts`)}.`;
  return 'Correct the path; it counts from the folder of the file that imports it.';
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

async function failureProblem(error: unknown, root: string): Promise<Problem> {
  const place = error instanceof Error ? findPlace(error.stack ?? '') : undefined;
  const file = place?.file ?? root;
  const text = error instanceof Error ? error.message : String(error);
  if (!(error instanceof SyntaxError)) {
    const message = `${formatPlace(file, place?.line)} stopped with an error: ${text}`;
    return new Problem('file_threw', message, undefined, { file, line: place?.line, cause: error });
  }
  const syntax = await findSyntaxError(file);
  const line = syntax?.line ?? place?.line;
  if (text.includes('does not provide an export')) {
    const message = `${formatPlace(file, line)} imports a name that does not exist: ${text}.`;
    return new Problem('file_import', message, 'Correct the name.', { file, line, cause: error });
  }
  const isUnsupported = 'code' in error && error.code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX';
  const remedy = isUnsupported
    ? 'Node runs the file as it is: types are fine, enums and namespaces are not.'
    : syntax?.advice;
  const column = syntax === undefined ? '' : ` column ${syntax.column},`;
  const message = `${formatPlace(file, line)}${column} cannot be understood: ${syntax?.text ?? text}.`;
  return new Problem('file_syntax', message, remedy, { file, line, cause: error });
}

/** Finds the place of an error: the line that Node puts above a syntax error, or the first frame in a local file. */
function findPlace(stack: string): { file: string; line: number } | undefined {
  const match =
    /^(?<place>.+?)(?:\?portcullis-load=\d+)?:(?<line>\d+)\n/.exec(stack) ??
    /(?<place>file:[^\s()]+?)\?portcullis-load=\d+:(?<line>\d+)/.exec(stack);
  const { place, line } = match?.groups ?? {};
  if (place === undefined || line === undefined) return undefined;
  return { file: place.startsWith('file:') ? fileURLToPath(place) : place, line: Number(line) };
}

function formatPlace(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}, line ${line},`;
}

function withoutDefaultExport(file: string, names: readonly string[]): Problem {
  const [first] = names;
  const found = first === undefined ? 'nothing' : `only ${names.join(', ')}`;
  const message = `${basename(file)} has no default export; it exports ${found}.`;
  const remedy = `Write: export default ${first ?? 'definePolicy({ … })'};`;
  return new Problem('file_without_default_export', message, remedy, { file });
}
