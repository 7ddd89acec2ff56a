import type { FactorRequest, MultifactorRequest } from '../../factors/factor-requests.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { RefreshTokenChanges, SessionChanges } from '../run/session-changes.ts';

/**
 * What tenant and sandbox say to each other: one JSON document a line, over two pipes of their own.
 * Lines from the sandbox begin with a token that only its harness knows.
 */

/** File descriptors in the sandbox. Writing blocks, so that a line is out before anything else happens. */
export const SANDBOX_WRITES_TO = 3;
export const SANDBOX_READS_FROM = 4;

/** Longest line that the tenant takes from a sandbox; a longer one ends it. Bytes. */
export const LONGEST_LINE = 4 * 1024 * 1024;

/** What one run of an Action may hand back, as JSON. Characters. */
export const LONGEST_EFFECTS = 1024 * 1024;

/** Console output that is kept of one run, in characters: what Auth0's own runner buffers. */
export const CONSOLE_LIMIT = 256 * 1024;

/** Lines of the console that are kept of one run, beside the one that says that no more are. */
export const MOST_CONSOLE_LINES = 10_000;

/** What a report of an error may hold. Characters. */
export const LONGEST_ERROR = { name: 256, code: 256, message: 8 * 1024, stack: 16 * 1024 } as const;

/** What a request's method and host may hold. Characters. */
export const LONGEST_REQUEST = { method: 64, host: 300, error: 256 } as const;

export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error' | 'debug';

/** An entry of `api.cache` on its way: key, value, milliseconds since 1970. */
export type CacheEntry = readonly [key: string, value: string, expiresAt: number];

/** Code that runs in a sandbox: an Action's own, or that of a module that it uses. */
export interface SandboxedCode {
  readonly code: string;
  /** What stack traces call the code; packages are looked for from its folder. */
  readonly filename: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** Names of the packages that it may require. */
  readonly dependencies: readonly string[];
}

/** An outgoing request, as far as it is told of. */
export interface RequestStart {
  readonly method: string;
  /** With the port where it is not the scheme's own. */
  readonly host: string;
}

/** Requests of one run that are told of. */
export const MOST_REQUESTS = 200;

/** The first line to a sandbox, once. */
export interface BootMessage extends SandboxedCode {
  readonly type: 'boot';
  readonly token: string;
  /** Folders that it may read, by real paths: those of its packages. */
  readonly readable: readonly string[];
  /** What the Action requires as `actions:NAME`. */
  readonly modules: readonly (SandboxedCode & { readonly name: string })[];
}

export interface ExecuteMessage {
  readonly type: 'execute';
  readonly id: number;
  readonly handler: string;
  /** Without `secrets`; those are in the sandbox already. */
  readonly event: JsonObject;
  readonly cache: readonly CacheEntry[];
  /** Metadata that earlier Actions of the same login set. */
  readonly pendingUserMetadata: JsonObject;
  readonly pendingAppMetadata: JsonObject;
  /** Whether an earlier Action of the same login changed whose it is: that goes once. */
  readonly primaryUserIsSet: boolean;
}

/** The answer to a question that the sandbox asked. */
export interface AnswerMessage {
  readonly type: 'answer';
  readonly question: number;
  readonly value?: JsonValue;
  readonly error?: string;
}

export type MessageToSandbox = BootMessage | ExecuteMessage | AnswerMessage;

export interface SandboxError {
  readonly name: string;
  readonly message: string;
  readonly code: string;
  readonly stack?: string;
}

/** What one run of an Action wants done. Lists of pairs, so that no name has a meaning of its own. */
export interface ActionEffects {
  readonly calls: readonly { readonly method: string; readonly arguments: readonly JsonValue[] }[];
  readonly idTokenClaims: readonly (readonly [string, JsonValue, 'set' | 'unset'])[];
  readonly accessTokenClaims: readonly (readonly [string, JsonValue, 'set' | 'unset'])[];
  readonly scopes: readonly (readonly ['add' | 'remove', string])[];
  readonly userMetadata: readonly (readonly [string, JsonValue])[];
  readonly appMetadata: readonly (readonly [string, JsonValue])[];
  /** All of it, where the run changed it. */
  readonly transactionMetadata?: JsonObject;
  /** All that a machine's token is to carry, where the run changed it. */
  readonly targetScopes?: readonly string[];
  readonly cache: readonly (readonly ['set', string, string, number] | readonly ['delete', string])[];
  /** `code` in a machine's exchange, `userMessage` in a sign-up. */
  readonly deny?: { readonly reason: string; readonly code?: string; readonly userMessage?: string };
  readonly redirect?: { readonly url: string };
  /** What the person is asked for when the run is over, in order. */
  readonly factors: readonly FactorRequest[];
  /** What the person is asked for when all Actions have run. */
  readonly multifactor?: MultifactorRequest | 'none';
  readonly session?: SessionChanges;
  readonly refreshToken?: RefreshTokenChanges;
  /** Whose the login is to be from here on. */
  readonly primaryUser?: string;
  /** What `authentication.recordMethod` was told of. */
  readonly recordedMethods: readonly { readonly name: string; readonly timestamp: string }[];
  readonly validationError?: { readonly code: string; readonly message: string };
}

export type MessageFromSandbox =
  | { readonly type: 'ready' }
  /** The code begins to run: from here on the run is never repeated. */
  | { readonly type: 'started'; readonly id: number }
  | {
      readonly type: 'console';
      readonly id: number;
      readonly level: ConsoleLevel;
      readonly text: string;
      readonly at: string;
    }
  | { readonly type: 'request'; readonly id: number; readonly request: number; readonly start: RequestStart }
  | {
      readonly type: 'response';
      readonly id: number;
      readonly request: number;
      readonly status?: number;
      readonly error?: string;
      /** Milliseconds from the request's start to the head of the answer. */
      readonly duration: number;
    }
  | {
      readonly type: 'question';
      readonly id: number;
      readonly question: number;
      readonly method: string;
      readonly argument: JsonValue;
    }
  | {
      readonly type: 'finished';
      readonly id: number;
      /** Milliseconds. */
      readonly duration: number;
      readonly error?: SandboxError;
      readonly effects: ActionEffects;
    }
  /** Something went wrong outside the handler; the process ends itself. */
  | { readonly type: 'fatal'; readonly error: SandboxError };

/** Cuts a stream into lines. Throws a `RangeError` when a line grows over the limit. */
export function lineReader(limit: number, take: (line: string) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let length = 0;
  return (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(10, from); end !== -1; end = chunk.indexOf(10, from)) {
      const piece = chunk.subarray(from, end);
      if (length + piece.length > limit) throw new RangeError(`A line of more than ${limit} bytes.`);
      const line = parts.length === 0 ? piece : joined([...parts, piece], length + piece.length);
      parts = [];
      length = 0;
      from = end + 1;
      take(line.toString('utf8'));
    }
    if (from < chunk.length) {
      const rest = chunk.subarray(from);
      length += rest.length;
      if (length > limit) throw new RangeError(`A line of more than ${limit} bytes.`);
      parts.push(rest);
    }
  };
}

/** `Buffer.concat` takes from the shared pool, which the Action's code can see into. */
function joined(parts: readonly Buffer[], length: number): Buffer {
  const whole = Buffer.alloc(length);
  let at = 0;
  for (const part of parts) at += part.copy(whole, at);
  return whole;
}
