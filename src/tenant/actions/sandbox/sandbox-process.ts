import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { JsonValue } from '../../store/json-value.ts';
import { MemoryWatch } from './memory-watch.ts';
import { MessageBudget, MOST_QUESTIONS } from './message-budget.ts';
import { messageOf } from './message-check.ts';
import {
  LONGEST_LINE,
  lineReader,
  type MessageFromSandbox,
  type MessageToSandbox,
  SANDBOX_READS_FROM,
  SANDBOX_WRITES_TO,
  type SandboxError,
} from './protocol.ts';
import { bootMessage, type SandboxHost, type SandboxProgram, startSandbox } from './sandbox-command.ts';
import { type CurrentRun, recordResponse, runOutput, type SandboxReport, type SandboxRun } from './sandbox-run.ts';

export type SandboxState = 'created' | 'idle' | 'busy' | 'finishing' | 'finished';

const BOOT_LIMIT = 15_000;
const ERROR_TAIL = 4096;
/** Bytes of answers that wait to be read. */
const MOST_UNREAD = 8 * 1024 * 1024;

/**
 * One warm process for one version of one Action: created, then idle and busy in turn, then finishing and finished. It
 * sees no file except its packages, no environment, no other process. It runs one execution at a time, and is killed if one
 * takes too long, uses too much memory, or breaks the protocol.
 */
export class SandboxProcess {
  #state: SandboxState = 'created';
  readonly #child: ChildProcess;
  /** Absent if the process could not be spawned for lack of file descriptors: Node creates no streams then. */
  readonly #toChild: Writable | undefined;
  readonly #token = randomBytes(24).toString('base64url');
  readonly #ready: Promise<boolean>;
  #settleReady: (ready: boolean) => void = () => {};
  readonly #ended: Promise<void>;
  #settleEnded: () => void = () => {};
  #current: CurrentRun | undefined;
  readonly #memoryWatch: MemoryWatch;
  readonly #budget = new MessageBudget();
  #runs = 0;
  #errorTail = '';
  /** The reason for its end, if the tenant or the harness ended it. */
  #cause: SandboxError | undefined;
  readonly #onFinished: (sandbox: SandboxProcess) => void;

  constructor(program: SandboxProgram, surroundings: SandboxHost, onFinished: (sandbox: SandboxProcess) => void) {
    this.#memoryWatch = new MemoryWatch({
      pid: () => this.pid,
      limit: surroundings.memoryLimit * 1024 * 1024,
      isBusy: () => this.#state === 'busy',
      onExceeded: () => this.#kill('out_of_memory', OUT_OF_MEMORY),
    });
    this.#onFinished = onFinished;
    this.#ready = new Promise((resolve) => {
      this.#settleReady = resolve;
    });
    this.#ended = new Promise((resolve) => {
      this.#settleEnded = resolve;
    });
    this.#child = startSandbox(program, surroundings);
    this.#toChild = this.#child.stdio?.[SANDBOX_READS_FROM] as Writable | undefined;
    this.#listen();
    const boot = setTimeout(() => this.#kill('boot_timeout', 'The sandbox did not start in time.'), BOOT_LIMIT);
    boot.unref();
    void this.#ready.then(() => clearTimeout(boot));
    this.#send(bootMessage(program, surroundings, this.#token));
  }

  get state(): SandboxState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** The reason for its end. */
  get cause(): SandboxError {
    return this.#death(null, null);
  }

  /** Resolves to whether it started. */
  ready(): Promise<boolean> {
    return this.#ready;
  }

  /** Resolves when the process is gone. */
  ended(): Promise<void> {
    return this.#ended;
  }

  /**
   * Runs a handler. Call it only when idle; never rejects.
   *
   * @param startsWithin milliseconds for a process that has run before to begin: work that an earlier run left behind may
   *   occupy it for good. It is ended then, and the report says that nothing was started.
   */
  execute(run: SandboxRun, startsWithin = Number.POSITIVE_INFINITY): Promise<SandboxReport> {
    const began = performance.now();
    if (this.#state !== 'idle') {
      return Promise.resolve({
        kind: 'died',
        started: false,
        error: this.#death(null, null),
        console: [],
        requests: [],
        duration: 0,
      });
    }
    this.#state = 'busy';
    this.#keepTenantRunning(true);
    this.#runs += 1;
    const id = this.#runs;
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#timeOut(), run.timeout);
      const startTimer = id > 1 && startsWithin < run.timeout ? this.#expectStart(startsWithin) : undefined;
      const current: CurrentRun = {
        id,
        run,
        console: [],
        requests: new Map(),
        began,
        timer,
        started: false,
        questions: 0,
        settle: (report) => {
          clearTimeout(timer);
          clearTimeout(startTimer);
          this.#current = undefined;
          resolve(report);
        },
      };
      this.#current = current;
      this.#memoryWatch.runBegins();
      this.#budget.begin();
      const { handler, event, cache, pendingUserMetadata, pendingAppMetadata, primaryUserIsSet = false } = run;
      this.#send({
        type: 'execute',
        id,
        handler,
        time: Date.now(),
        event,
        cache,
        pendingUserMetadata,
        pendingAppMetadata,
        primaryUserIsSet,
      });
    });
  }

  /** Ends it: at once when idle, after the current run when busy. */
  finish(): void {
    if (this.#state === 'finished' || this.#state === 'finishing') return;
    const busy = this.#state === 'busy';
    this.#state = 'finishing';
    this.#keepTenantRunning(true);
    if (!busy) this.#child.kill('SIGKILL');
  }

  /** Ends it now, regardless of its state. */
  kill(): void {
    this.#kill('sandbox_closed', 'The tenant stopped while the Action ran.');
  }

  #listen(): void {
    const fromChild = this.#child.stdio?.[SANDBOX_WRITES_TO] as Readable | undefined;
    const read = lineReader(LONGEST_LINE, (line) => this.#take(line));
    fromChild?.on('data', (chunk: Buffer) => {
      // Data that is still in the pipe of an ended process is no longer read into memory, unless it may say that a run began.
      if (this.#cause !== undefined && this.#cause.code !== NOT_RESPONDING) return;
      if (this.#budget.exceededByBytes(chunk.length)) this.#violation(TOO_MUCH);
      else {
        try {
          read(chunk);
        } catch {
          this.#violation(FORGED);
        }
      }
    });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      if (this.#budget.exceededByErrorBytes(chunk.length)) this.#violation(TOO_MUCH);
      this.#errorTail = (this.#errorTail + chunk.toString('utf8')).slice(-ERROR_TAIL);
    });
    // A pipe to a process that has just died is expected to fail: 'close' reports the end.
    for (const stream of [fromChild, this.#toChild]) stream?.on('error', () => {});
    this.#child.on('error', (error) => {
      this.#cause ??= {
        name: 'SandboxError',
        code: 'spawn_failed',
        message: `The sandbox cannot start: ${error.message}`,
      };
      this.#end(null, null);
    });
    this.#child.on('close', (code, signal) => this.#end(code, signal));
  }

  #take(line: string): void {
    if (this.#state === 'finished' || (this.#cause !== undefined && this.#cause.code !== NOT_RESPONDING)) return;
    const message = line.startsWith(this.#token) ? messageOf(line.slice(this.#token.length)) : undefined;
    if (message === undefined) {
      this.#violation(FORGED);
      return;
    }
    if (this.#cause !== undefined) {
      const current = this.#current;
      if (message.type === 'started' && current?.id === message.id) current.started = true;
      return;
    }
    if (message.type === 'ready') {
      if (this.#state !== 'created') this.#violation(FORGED);
      else this.#becomeIdle();
      this.#settleReady(true);
      return;
    }
    if (message.type === 'fatal') {
      this.#cause ??= message.error;
      this.#child.kill('SIGKILL');
      return;
    }
    const current = this.#current;
    if (current === undefined || message.id !== current.id) {
      if (this.#budget.exceededByLate()) this.#violation(TOO_MUCH);
      return;
    }
    if (this.#budget.exceededBy(message, line.length)) {
      this.#violation(TOO_MUCH);
      return;
    }
    if (message.type === 'started') current.started = true;
    else if (message.type === 'console') {
      current.console.push({ level: message.level, text: message.text, at: message.at });
    } else if (message.type === 'request') {
      current.requests.set(message.request, { ...message.start });
    } else if (message.type === 'response') recordResponse(current.requests.get(message.request), message);
    else if (message.type === 'question') this.#answer(current, message.question, message.method, message.argument);
    else this.#finishRun(current, message);
  }

  #answer(current: CurrentRun, question: number, method: string, argument: JsonValue): void {
    current.questions += 1;
    if (current.questions > MOST_QUESTIONS) {
      this.#kill('too_many_questions', `The Action asked the tenant more than ${MOST_QUESTIONS} times in one run.`);
      return;
    }
    try {
      this.#send({ type: 'answer', question, value: current.run.answer(method, argument) });
    } catch (error) {
      this.#send({
        type: 'answer',
        question,
        error: error instanceof Error ? error.message : 'The tenant could not answer.',
      });
    }
  }

  #finishRun(current: CurrentRun, message: Extract<MessageFromSandbox, { type: 'finished' }>): void {
    if (this.#state === 'busy') this.#becomeIdle();
    else this.#child.kill('SIGKILL');
    const { duration, effects, error } = message;
    current.settle({
      kind: 'finished',
      duration,
      effects,
      ...runOutput(current),
      ...(error === undefined ? {} : { error }),
    });
  }

  #expectStart(within: number): NodeJS.Timeout {
    const id = this.#runs;
    const isWaiting = () => this.#current?.id === id && !this.#current.started;
    return setTimeout(() => {
      // The tenant itself may have been busy: what the process has sent meanwhile is read first.
      setImmediate(() => {
        if (isWaiting()) this.#kill(NOT_RESPONDING, OCCUPIED);
      });
    }, within);
  }

  #timeOut(): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#state = 'finishing';
    this.#child.kill('SIGKILL');
    current.settle({ kind: 'timeout', ...runOutput(current), duration: performance.now() - current.began });
  }

  #kill(code: string, message: string): void {
    if (this.#state === 'finished') return;
    this.#cause ??= { name: 'SandboxError', code, message };
    this.#state = 'finishing';
    this.#keepTenantRunning(true);
    this.#child.kill('SIGKILL');
  }

  #becomeIdle(): void {
    this.#state = 'idle';
    this.#keepTenantRunning(false);
  }

  /** Whether Node waits for this process before it ends by itself. An idle sandbox keeps no program from ending. */
  #keepTenantRunning(kept: boolean): void {
    for (const handle of [this.#child, ...(this.#child.stdio ?? [])] as ({ ref?(): void; unref?(): void } | null)[]) {
      if (kept) handle?.ref?.();
      else handle?.unref?.();
    }
  }

  #end(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#state === 'finished') return;
    this.#state = 'finished';
    this.#memoryWatch.stop();
    this.#settleReady(false);
    const current = this.#current;
    current?.settle({
      kind: 'died',
      started: current.started,
      error: this.#death(code, signal),
      ...runOutput(current),
      duration: performance.now() - current.began,
    });
    this.#onFinished(this);
    this.#settleEnded();
  }

  #death(code: number | null, signal: NodeJS.Signals | null): SandboxError {
    if (this.#cause !== undefined) return this.#cause;
    if (this.#errorTail.includes('heap out of memory') || this.#errorTail.includes('Array buffer allocation failed')) {
      return { name: 'SandboxError', code: 'out_of_memory', message: OUT_OF_MEMORY };
    }
    const how = code === null ? `was ended by ${signal ?? 'the system'}` : `exited with code ${code}`;
    return {
      name: 'SandboxError',
      code: 'process_exited',
      message: `The Action’s process ${how} before the Action was done.`,
    };
  }

  #violation(message: string): void {
    this.#kill('protocol_violation', message);
  }

  #send(message: MessageToSandbox): void {
    if (!this.#toChild?.writable) return;
    this.#toChild.write(`${JSON.stringify(message)}\n`);
    if (this.#current !== undefined && this.#current.questions > 0 && this.#toChild.writableLength > MOST_UNREAD) {
      this.#violation('The Action does not read what it asked the tenant for.');
    }
  }
}

const FORGED = 'The Action wrote to the tenant’s own channel.';
const TOO_MUCH = 'The Action sent the tenant more than one run may send: a longer line, more lines or a longer time.';
const NOT_RESPONDING = 'not_responding';
const OCCUPIED = 'The Action’s process is occupied with work that an earlier run left behind.';
const OUT_OF_MEMORY = 'The Action used more memory than it may.';
