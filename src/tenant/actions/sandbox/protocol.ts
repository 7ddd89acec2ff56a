import type { FactorRequest, MultifactorRequest } from '../../factors/factor-requests.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { RefreshTokenChanges, SessionChanges } from '../run/session-changes.ts';

/**
 * The messages between tenant and sandbox: one JSON document a line, over two dedicated pipes.
 * Lines from the sandbox begin with a token that only its harness knows.
 */

/** File descriptors in the sandbox. Writing blocks, so that a line is sent before anything else happens. */
export const SANDBOX_WRITES_TO = 3;
export const SANDBOX_READS_FROM = 4;

/** Longest line that the tenant accepts from a sandbox; a longer one ends it. Bytes. */
export const LONGEST_LINE = 4 * 1024 * 1024;

/** Largest effects of one run of an Action, as JSON. Characters. */
export const LONGEST_EFFECTS = 1024 * 1024;

/** Console output that is kept of one run, in characters: the size of the buffer in Auth0's own runner. */
export const CONSOLE_LIMIT = 256 * 1024;

/** Console lines that are kept of one run, without the line that says that no more are. */
export const MOST_CONSOLE_LINES = 10_000;

/** Limits of an error report. Characters. */
export const LONGEST_ERROR = { name: 256, code: 256, message: 8 * 1024, stack: 16 * 1024 } as const;

/** Limits of a request's method and host. Characters. */
export const LONGEST_REQUEST = { method: 64, host: 300, error: 256 } as const;

export type ConsoleLevel = 'log' | 'info' | 'warn' | 'error' | 'debug';

/** An entry of `api.cache` in a message: key, value, milliseconds since 1970. */
export type CacheEntry = readonly [key: string, value: string, expiresAt: number];

/** Code that runs in a sandbox: an Action's own, or that of a module that it uses. */
export interface SandboxedCode {
  readonly code: string;
  /** The name of the code in stack traces; packages are searched for from its folder. */
  readonly filename: string;
  readonly secrets: Readonly<Record<string, string>>;
  /** Names of the packages that it may require. */
  readonly dependencies: readonly string[];
}

/** An outgoing request, as far as it is reported. */
export interface RequestStart {
  readonly method: string;
  /** With the port unless it is the scheme's default. */
  readonly host: string;
}

/** Requests of one run that are reported. */
export const MOST_REQUESTS = 200;

/** The first line to a sandbox, once. */
export interface BootMessage extends SandboxedCode {
  readonly type: 'boot';
  readonly token: string;
  /** Folders that it may read, by real paths: those of its packages. */
  readonly readable: readonly string[];
  /** Modules that the Action requires as `actions:NAME`. */
  readonly modules: readonly (SandboxedCode & { readonly name: string })[];
}

export interface ExecuteMessage {
  readonly type: 'execute';
  readonly id: number;
  readonly handler: string;
  /** The tenant's time, in milliseconds since 1970. */
  readonly time: number;
  /** Without `secrets`; those are in the sandbox already. */
  readonly event: JsonObject;
  readonly cache: readonly CacheEntry[];
  /** Metadata that earlier Actions of the same login set. */
  readonly pendingUserMetadata: JsonObject;
  readonly pendingAppMetadata: JsonObject;
  /** Whether an earlier Action of the same login changed its user: only one may. */
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

/** The effects that one run of an Action requests. Lists of pairs, so that no name has a special meaning. */
export interface ActionEffects {
  readonly calls: readonly { readonly method: string; readonly arguments: readonly JsonValue[] }[];
  readonly idTokenClaims: readonly (readonly [string, JsonValue, 'set' | 'unset'])[];
  readonly accessTokenClaims: readonly (readonly [string, JsonValue, 'set' | 'unset'])[];
  readonly scopes: readonly (readonly ['add' | 'remove', string])[];
  readonly userMetadata: readonly (readonly [string, JsonValue])[];
  readonly appMetadata: readonly (readonly [string, JsonValue])[];
  /** The complete metadata, if the run changed it. */
  readonly transactionMetadata?: JsonObject;
  /** All scopes of a client credentials token, if the run changed them. */
  readonly targetScopes?: readonly string[];
  readonly cache: readonly (readonly ['set', string, string, number] | readonly ['delete', string])[];
  /** `code` in the client credentials exchange, `userMessage` in a sign-up. */
  readonly deny?: { readonly reason: string; readonly code?: string; readonly userMessage?: string };
  readonly redirect?: { readonly url: string };
  /** The factors that the user is asked for after the run, in order. */
  readonly factors: readonly FactorRequest[];
  /** The factors that the user is asked for after all Actions. */
  readonly multifactor?: MultifactorRequest | 'none';
  readonly session?: SessionChanges;
  readonly refreshToken?: RefreshTokenChanges;
  /** The user that the login continues as. */
  readonly primaryUser?: string;
  /** The methods that `authentication.recordMethod` recorded. */
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
      /** Milliseconds from the request's start to the head of the response. */
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
  /** An error outside the handler; the process ends itself. */
  | { readonly type: 'fatal'; readonly error: SandboxError };

/** Splits a stream into lines. Throws a `RangeError` if a line exceeds the limit. */
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

/** Joins without `Buffer.concat`, which uses the shared pool, which the Action's code can read. */
function joined(parts: readonly Buffer[], length: number): Buffer {
  const whole = Buffer.alloc(length);
  let at = 0;
  for (const part of parts) at += part.copy(whole, at);
  return whole;
}
