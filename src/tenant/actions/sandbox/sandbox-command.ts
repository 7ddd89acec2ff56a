import { type ChildProcess, spawn } from 'node:child_process';

/** What a sandbox runs: one version of one Action. */
export interface SandboxProgram {
  readonly code: string;
  /** Where its packages are; `undefined` where it has none. */
  readonly dependencyFolder: string | undefined;
  readonly dependencies: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

/** What the machine gives to every sandbox. */
export interface SandboxSurroundings {
  /** The bundled program that runs inside. */
  readonly harness: string;
  /** An empty folder that the process starts in and may not read. */
  readonly emptyFolder: string;
  /** The tenant's certificate authority, PEM. */
  readonly caFile?: string;
  /** Megabytes of JavaScript objects. */
  readonly heapLimit: number;
  /** Megabytes of everything, buffers included. */
  readonly memoryLimit: number;
}

/**
 * Starts the process of a sandbox. Beside its standard streams, of which only the errors are read, it has two pipes to
 * the tenant: 3 to write to, 4 to read from.
 */
export function startSandbox(program: SandboxProgram, surroundings: SandboxSurroundings): ChildProcess {
  return spawn(process.execPath, nodeArguments(program, surroundings), {
    cwd: surroundings.emptyFolder,
    env: environment(surroundings),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

/**
 * `node:sqlite` opens files without asking the permission model, and buffers from the pool can hold what others wrote;
 * both are turned off.
 */
function nodeArguments(program: SandboxProgram, surroundings: SandboxSurroundings): string[] {
  const readable = [
    surroundings.harness,
    ...(program.dependencyFolder === undefined ? [] : [program.dependencyFolder]),
  ];
  return [
    '--permission',
    ...readable.map((path) => `--allow-fs-read=${path}`),
    '--no-experimental-sqlite',
    '--no-experimental-global-navigator',
    '--zero-fill-buffers',
    '--disable-warning=ExperimentalWarning',
    `--max-old-space-size=${surroundings.heapLimit}`,
    surroundings.harness,
  ];
}

/** All that the process is born with; the harness takes it away before the Action's code is loaded. */
function environment(surroundings: SandboxSurroundings): NodeJS.ProcessEnv {
  return {
    TZ: 'UTC',
    ...(surroundings.caFile === undefined ? {} : { NODE_EXTRA_CA_CERTS: surroundings.caFile }),
    ...(process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {}),
  };
}

/** What stack traces call the code; packages are looked for beside it. */
export function actionFile(program: SandboxProgram, surroundings: SandboxSurroundings): string {
  return `${program.dependencyFolder ?? surroundings.emptyFolder}/action.js`;
}
