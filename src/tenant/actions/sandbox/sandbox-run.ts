import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ActionEffects, CacheEntry, ConsoleLevel, MessageFromSandbox, SandboxError } from './protocol.ts';

/** The input of a run in a sandbox. */
export interface SandboxRun {
  readonly handler: string;
  readonly event: JsonObject;
  readonly cache: readonly CacheEntry[];
  readonly pendingUserMetadata: JsonObject;
  readonly pendingAppMetadata: JsonObject;
  readonly primaryUserIsSet?: boolean;
  /** Milliseconds. */
  readonly timeout: number;
  /** Answers the Action's questions to the tenant; an error that it throws becomes the Action's error. */
  answer(method: string, argument: JsonValue): JsonValue;
}

export interface ConsoleLine {
  level: ConsoleLevel;
  text: string;
  at: string;
}

/** A request that an Action sent out. */
export interface OutgoingRequest {
  readonly method: string;
  readonly host: string;
  /** Absent if no response came during the run. */
  status?: number;
  /** The reason for a missing response, as Node names it. */
  error?: string;
  /** Milliseconds to the head of the response; absent if there was none. */
  duration_ms?: number;
}

/** The end of a run. Every run has one. */
export type SandboxReport = {
  readonly console: ConsoleLine[];
  readonly requests: OutgoingRequest[];
  readonly duration: number;
} & (
  | { readonly kind: 'finished'; readonly effects: ActionEffects; readonly error?: SandboxError }
  | { readonly kind: 'timeout' }
  /** The process died or had to be ended. `started`: whether any of the Action's code ran. */
  | { readonly kind: 'died'; readonly started: boolean; readonly error: SandboxError }
);

/** A run in progress. */
export interface CurrentRun {
  readonly id: number;
  readonly run: SandboxRun;
  readonly console: ConsoleLine[];
  readonly requests: Map<number, OutgoingRequest>;
  readonly began: number;
  readonly timer: NodeJS.Timeout;
  started: boolean;
  questions: number;
  settle(report: SandboxReport): void;
}

/** Returns the output and requests of a run, regardless of how it ends. */
export function runOutput({ console, requests }: CurrentRun): Pick<SandboxReport, 'console' | 'requests'> {
  return { console, requests: [...requests.values()] };
}

/** Records the response of a request. */
export function recordResponse(
  request: OutgoingRequest | undefined,
  { status, error, duration }: Extract<MessageFromSandbox, { type: 'response' }>,
): void {
  if (request === undefined) return;
  request.duration_ms = Math.round(duration * 1000) / 1000;
  if (status !== undefined) request.status = status;
  if (error !== undefined) request.error = error;
}
