import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join } from 'node:path';
import { Problem } from '../../../problem/problem.ts';

/** npm would wait a minute before it says that there is no network. Milliseconds. */
const RETRIES = ['--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000'];

const OUTPUT_LIMIT = 1024 * 1024;
const STOPPED = 'The tenant stopped while npm was running.';

/**
 * Runs the npm command line and returns its output. The user's npm configuration applies (registry, proxy, certificates),
 * other settings of the shell do not.
 *
 * @param parameters the arguments of `npm`
 * @throws {Problem} `npm_failed` with npm's reason, also when it takes longer than `timeout` milliseconds or is not installed
 */
export function runNpm(
  parameters: readonly string[],
  options: { folder: string; timeout: number; signal: AbortSignal; environment: NodeJS.ProcessEnv },
): Promise<string> {
  if (options.signal.aborted) return Promise.reject(new Problem('npm_failed', STOPPED));
  return new Promise((resolve, reject) => {
    const [command, ...first] = npmCommand(options.environment);
    const child = spawn(command, [...first, ...RETRIES, ...parameters], {
      cwd: options.folder,
      env: npmEnvironment(options.environment),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A process group of its own, so that processes that npm started end with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let output = '';
    let problems = '';
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child.pid);
    }, options.timeout);
    const stop = (): void => endGroup(child.pid);
    options.signal.addEventListener('abort', stop);
    child.stdout.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      problems = (problems + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Problem('npm_failed', `npm cannot be run (${error.message}). Install npm, or put it on the PATH.`));
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', stop);
      if (options.signal.aborted) reject(new Problem('npm_failed', STOPPED));
      else if (timedOut)
        reject(new Problem('npm_failed', `npm did not finish within ${Math.round(options.timeout / 1000)} s.`));
      else if (code === 0) resolve(output);
      else reject(new Problem('npm_failed', npmReason(problems) || `npm ended with code ${code}.`));
    });
  });
}

/**
 * Finds npm's own script, to be run by this Node.js without a shell, which would read a part of a version as a command. It is the npm
 * that runs the tenant if one does, otherwise the one beside this Node.js, otherwise the one on the PATH.
 *
 * @throws {Problem} `npm_failed` if there is none
 */
export function npmCommand(environment: NodeJS.ProcessEnv): [string, ...string[]] {
  const own = environment.npm_execpath;
  if (own !== undefined && /^npm(-cli)?\.c?js$/.test(basename(own))) return [process.execPath, own];
  const script = [
    join(dirname(process.execPath), 'node_modules', ...SCRIPT),
    join(dirname(process.execPath), '..', 'lib', 'node_modules', ...SCRIPT),
    ...foldersOfPath(environment).flatMap((folder) => scriptsOf(folder)),
  ].find((path) => existsSync(path));
  if (script === undefined) {
    throw new Problem('npm_failed', 'npm cannot be run (there is no npm-cli.js). Install npm, or put it on the PATH.');
  }
  return [process.execPath, script];
}

const SCRIPT = ['npm', 'bin', 'npm-cli.js'];

function foldersOfPath(environment: NodeJS.ProcessEnv): string[] {
  const name = Object.keys(environment).find((one) => one.toUpperCase() === 'PATH');
  return (name === undefined ? '' : (environment[name] ?? '')).split(delimiter).filter(isAbsolute);
}

/** Returns the places of npm's script for a command in the folder: beside it on Windows, behind a link or in `../lib` elsewhere. */
function scriptsOf(folder: string): string[] {
  const command = join(folder, 'npm');
  let target: string | undefined;
  try {
    target = realpathSync(command);
  } catch {
    // The folder has none.
  }
  return [
    ...(target !== undefined && /^npm-cli\.c?js$/.test(basename(target)) ? [target] : []),
    ...(target === undefined ? [] : [join(dirname(target), '..', 'lib', 'node_modules', ...SCRIPT)]),
    ...(existsSync(join(folder, 'npm.cmd')) || target !== undefined ? [join(folder, 'node_modules', ...SCRIPT)] : []),
  ];
}

const INHERITED = [
  /^(PATH|HOME|USERPROFILE|APPDATA|LOCALAPPDATA|SystemRoot|ComSpec|TEMP|TMP|TMPDIR|LANG)$/i,
  /^(HTTPS?_PROXY|NO_PROXY|ALL_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|SSL_CERT_DIR)$/i,
  /^npm_config_(registry|userconfig|globalconfig|cache|proxy|https_?proxy|no_?proxy|ca|cafile|strict_ssl|offline|prefer_offline|fetch_.*|_auth.*|\/\/.*|@.*)$/i,
];

function npmEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(environment).filter(([name]) => INHERITED.some((pattern) => pattern.test(name)));
  return { ...Object.fromEntries(inherited), npm_config_update_notifier: 'false', NO_COLOR: '1' };
}

/** Returns the lines with the reason, without npm's decoration and its pointer to a log file. */
function npmReason(problems: string): string {
  return (
    problems
      .split('\n')
      .filter((line) => /^npm (error|ERR!)/.test(line))
      .map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
      // The place in npm's own code does not help the user.
      .filter(
        (line) => line !== '' && !/^at .*:\d+/.test(line) && !/complete log|debug-\d+\.log|^A complete/i.test(line),
      )
      .slice(0, 8)
      .join('\n')
  );
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
