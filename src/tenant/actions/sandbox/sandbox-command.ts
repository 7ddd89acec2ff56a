import { type ChildProcess, spawn } from 'node:child_process';
import type { Runtime } from '../builds/runtimes.ts';
import type { BootMessage, SandboxedCode } from './protocol.ts';

/** Code with its packages and secrets. */
export interface ProgramPart extends Omit<SandboxedCode, 'filename'> {
  /** The folder of its packages; `undefined` if it has none. */
  readonly dependencyFolder: string | undefined;
}

/** The program of a sandbox: one version of one Action, with the versions of modules that it is pinned to. */
export interface SandboxProgram extends ProgramPart {
  readonly runtime: Runtime;
  readonly modules: readonly (ProgramPart & { readonly name: string })[];
}

/** The environment that the machine gives to every sandbox. */
export interface SandboxHost {
  /** The bundled program that runs inside. */
  readonly harness: string;
  /** An empty folder that the process starts in and may not read. */
  readonly emptyFolder: string;
  /** The tenant's certificate authority, PEM. */
  readonly caFile?: string;
  /** Megabytes of JavaScript objects. */
  readonly heapLimit: number;
  /** Megabytes of all memory, including buffers. */
  readonly memoryLimit: number;
}

/**
 * Starts the process of a sandbox. Beside its standard streams, of which only the errors are read, it has two pipes to
 * the tenant: 3 to write to, 4 to read from.
 */
export function startSandbox(program: SandboxProgram, surroundings: SandboxHost): ChildProcess {
  return spawn(program.runtime.path, nodeArguments(program, surroundings), {
    cwd: surroundings.emptyFolder,
    env: environment(surroundings),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/** Disables the buffer pool, since pooled buffers can contain other data. */
function nodeArguments(program: SandboxProgram, surroundings: SandboxHost): string[] {
  return [
    ...(program.runtime.major < FIRST_WITH_PERMISSIONS
      ? ['--no-addons', '--no-warnings']
      : permissions(program, surroundings)),
    '--zero-fill-buffers',
    `--max-old-space-size=${surroundings.heapLimit}`,
    surroundings.harness,
  ];
}

/** First Node.js with permissions. An older one has only the harness's own file guard. */
const FIRST_WITH_PERMISSIONS = 20;

/** Denies `node:sqlite`, which opens files without checking the permission model. */
function permissions(program: SandboxProgram, surroundings: SandboxHost): string[] {
  return [
    '--permission',
    ...[surroundings.harness, ...readable(program)].map((path) => `--allow-fs-read=${path}`),
    '--no-experimental-sqlite',
    '--no-experimental-global-navigator',
    '--disable-warning=ExperimentalWarning',
  ];
}

function readable(program: SandboxProgram): string[] {
  return [...new Set([program, ...program.modules].flatMap(({ dependencyFolder }) => dependencyFolder ?? []))];
}

/** Returns the process's environment; the harness removes it before the Action's code is loaded. */
function environment(surroundings: SandboxHost): NodeJS.ProcessEnv {
  return {
    TZ: 'UTC',
    ...(surroundings.caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: surroundings.caFile }),
    ...(process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {}),
  };
}

/** Returns the first line to the sandbox. `token` distinguishes the harness's own lines from those of the Action. */
export function bootMessage(program: SandboxProgram, surroundings: SandboxHost, token: string): BootMessage {
  function sandboxed({ code, dependencyFolder, secrets, dependencies }: ProgramPart, file: string): SandboxedCode {
    return { code, filename: `${dependencyFolder ?? surroundings.emptyFolder}/${file}.js`, secrets, dependencies };
  }
  return {
    type: 'boot',
    token,
    ...sandboxed(program, 'action'),
    readable: readable(program),
    modules: program.modules.map((module) => ({
      name: module.name,
      // A name may be any text, such as a path.
      ...sandboxed(module, `actions:${encodeURIComponent(module.name)}`),
    })),
  };
}
