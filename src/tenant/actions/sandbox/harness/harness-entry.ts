/**
 * The program inside a sandbox: takes one Action's code, runs its handlers one at a time, and returns the effects that they
 * request. Bundled into one file, which is all that the process may read besides the Action's packages.
 */
import { dirname } from 'node:path';
import type { JsonObject, JsonValue } from '../../../store/json-value.ts';
import type { EventView } from '../api/api-context.ts';
import { apiOfHandler } from '../api/api-of-handler.ts';
import { callsOnly, collectEffects } from '../api/effect-collector.ts';
import {
  type AnswerMessage,
  type BootMessage,
  type ConsoleLevel,
  type ExecuteMessage,
  LONGEST_EFFECTS,
  MOST_REQUESTS,
  type SandboxError,
} from '../protocol.ts';
import { createTenantTime } from '../tenant-time.ts';
import { type ActionModule, loadActionModule } from './action-module.ts';
import { captureConsole } from './captured-console.ts';
import { openChannel } from './channel.ts';
import { type HiddenPaths, printedWithoutPaths, reportError } from './error-report.ts';
import { guardFiles } from './file-guard.ts';
import { lockDown } from './lockdown.ts';
import { readablePaths } from './readable-paths.ts';
import { recordRequests } from './request-record.ts';
import { createRunContext } from './run-context.ts';

let hidden: HiddenPaths = { harness: __filename, folders: [__filename] };
const stringify = JSON.stringify;
const now = performance.now.bind(performance);
const kill = process.kill.bind(process, process.pid, 'SIGKILL');
const captured = captureConsole((text) => printedWithoutPaths(text, hidden));
const context = createRunContext();
const followTenantTime = createTenantTime();
const questions = new Map<number, { resolve(value: JsonValue): void; reject(error: Error): void }>();

let action: ActionModule | undefined;
let secrets: Readonly<Record<string, string>> = Object.freeze({});
let questionCount = 0;
/** The current run, and its requests without a response yet, with their start. */
let currentRun: { readonly id: number; readonly waiting: Map<number, number>; reported: number } | undefined;

const channel = openChannel((message) => {
  if (message.type === 'boot') boot(message);
  else if (message.type === 'execute') void execute(message);
  else answer(message);
});

// A rejection without a handler, during a run or after it: the process can no longer be trusted with a login.
for (const happening of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(happening, (thrown: unknown) => {
    channel.send({ type: 'fatal', error: reportError(thrown, hidden) });
    kill();
  });
}

function boot(message: BootMessage): void {
  secrets = Object.freeze({ ...message.secrets });
  hidden = { ...hidden, folders: [message, ...message.modules].map(({ filename }) => dirname(filename)) };
  const readable = [__filename, ...message.readable];
  const permitted = readablePaths(readable);
  guardFiles(permitted);
  lockDown(channel.pipe, readable, permitted);
  action = loadActionModule(message, captured.console);
  channel.send({ type: 'ready' });
}

recordRequests({
  begun(request, start) {
    if (currentRun === undefined || currentRun.reported >= MOST_REQUESTS || context.isOfAnother(currentRun.id)) return;
    currentRun.reported += 1;
    currentRun.waiting.set(request, now());
    channel.send({ type: 'request', id: currentRun.id, request, start });
  },
  ended(request, end) {
    const started = currentRun?.waiting.get(request);
    if (currentRun === undefined || started === undefined) return;
    currentRun.waiting.delete(request);
    channel.send({ type: 'response', id: currentRun.id, request, duration: now() - started, ...end });
  },
});

async function execute(message: ExecuteMessage): Promise<void> {
  const { id, handler } = message;
  followTenantTime(message.time);
  const collector = collectEffects();
  let failure: SandboxError | undefined;
  const event = message.event as JsonObject & { secrets?: unknown };
  event.secrets = secrets as JsonObject;
  const api = apiOfHandler(
    {
      event: event as unknown as EventView,
      collector,
      handler,
      cache: message.cache,
      pendingUserMetadata: message.pendingUserMetadata,
      pendingAppMetadata: message.pendingAppMetadata,
      primaryUserIsSet: message.primaryUserIsSet,
      ask: (method, argument) => ask(id, method, argument),
    },
    (error) => {
      failure ??= reportError(error, hidden);
    },
  );
  captured.begin(
    (level: ConsoleLevel, text) => channel.send({ type: 'console', id, level, text, at: new Date().toISOString() }),
    () => !context.isOfAnother(id),
  );
  currentRun = { id, waiting: new Map(), reported: 0 };
  channel.send({ type: 'started', id });
  const started = now();
  try {
    await context.within(id, async () => {
      // The Action's lines come first in every stack, not after those of the received message.
      await undefined;
      await action?.handler(handler)(event, api);
    });
  } catch (thrown) {
    failure ??= reportError(thrown, hidden);
  }
  const duration = now() - started;
  captured.end();
  currentRun = undefined;
  questions.clear();
  let effects = failure === undefined ? collector.effects : callsOnly(collector);
  if (failure === undefined && stringify(effects).length > LONGEST_EFFECTS) {
    failure = {
      name: 'Error',
      code: 'effects_too_large',
      message: `What this Action requested through api is over ${LONGEST_EFFECTS / 1024} KiB.`,
    };
    effects = callsOnly(collector);
  }
  channel.send({ type: 'finished', id, duration, effects, ...(failure === undefined ? {} : { error: failure }) });
}

function ask(id: number, method: string, argument: JsonValue): Promise<JsonValue> {
  questionCount += 1;
  const question = questionCount;
  return new Promise((resolve, reject) => {
    questions.set(question, { resolve, reject });
    channel.send({ type: 'question', id, question, method, argument });
  });
}

function answer(message: AnswerMessage): void {
  const waiting = questions.get(message.question);
  questions.delete(message.question);
  if (message.error === undefined) waiting?.resolve(message.value ?? null);
  else waiting?.reject(new Error(message.error));
}
