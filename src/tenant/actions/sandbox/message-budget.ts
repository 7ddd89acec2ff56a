import {
  CONSOLE_LIMIT,
  LONGEST_EFFECTS,
  LONGEST_ERROR,
  LONGEST_LINE,
  type MessageFromSandbox,
  MOST_CONSOLE_LINES,
  MOST_REQUESTS,
} from './protocol.ts';

/** Questions to the tenant in one run. An Action that does not await its answers would fill the tenant's memory with them. */
export const MOST_QUESTIONS = 1000;

/** Bytes of all lines of a run: the console with every character escaped, the questions, and the effects. */
const MOST_BYTES = LONGEST_LINE + 6 * CONSOLE_LIMIT + 256 * (MOST_CONSOLE_LINES + 2 * MOST_REQUESTS + MOST_QUESTIONS);
/** Characters of a line that are not a run's effects or its error. */
const ENVELOPE = 1024;
const LONGEST_FINISH =
  LONGEST_EFFECTS +
  // Characters of an error are quoted in JSON.
  6 * (LONGEST_ERROR.name + LONGEST_ERROR.code + LONGEST_ERROR.message + LONGEST_ERROR.stack) +
  ENVELOPE;
const LONGEST_QUESTION = 64 * 1024;
/** Messages of a run that has ended, which its Action did not await, before the next one. */
const MOST_LATE = MOST_QUESTIONS;
/** Bytes of Node's own output: a warning, the report of its end. */
const MOST_ERROR_BYTES = 1024 * 1024;
/** Milliseconds by which two processes may differ about the length of a run. */
const CLOCK_TOLERANCE = 50;

/**
 * Counts the messages of a sandbox. The sandbox's own limits are enforced by a program in the same process as the Action's code, so the
 * tenant cannot rely on them: exceeding a limit of this budget ends the sandbox.
 */
export class MessageBudget {
  #bytes = 0;
  #errorBytes = 0;
  #late = 0;
  #lines = 0;
  #characters = 0;
  #requests = 0;
  #responses = 0;
  #questions = 0;
  #started = 0;
  #began = performance.now();

  /** A run begins. */
  begin(): void {
    this.#bytes = 0;
    this.#late = 0;
    this.#lines = 0;
    this.#characters = 0;
    this.#requests = 0;
    this.#responses = 0;
    this.#questions = 0;
    this.#started = 0;
    this.#began = performance.now();
  }

  /** Whether this many further bytes on the channel exceed the limit. */
  exceededByBytes(bytes: number): boolean {
    this.#bytes += bytes;
    return this.#bytes > MOST_BYTES;
  }

  /** Whether this many further bytes on the error stream exceed the limit. */
  exceededByErrorBytes(bytes: number): boolean {
    this.#errorBytes += bytes;
    return this.#errorBytes > MOST_ERROR_BYTES;
  }

  /** Whether one more message that belongs to no run exceeds the limit. */
  exceededByLate(): boolean {
    this.#late += 1;
    return this.#late > MOST_LATE;
  }

  /** Whether a message of the current run is too long, one too many, or claims more time than has passed. */
  exceededBy(message: MessageFromSandbox, length: number): boolean {
    const elapsed = performance.now() - this.#began + CLOCK_TOLERANCE;
    switch (message.type) {
      case 'started':
        this.#started += 1;
        return this.#started > 1;
      case 'console': {
        this.#lines += 1;
        this.#characters += message.text.length;
        // One more line says that the rest is dropped.
        return this.#lines > MOST_CONSOLE_LINES + 1 || this.#characters > CONSOLE_LIMIT + ENVELOPE;
      }
      case 'request':
        this.#requests += 1;
        return this.#requests > MOST_REQUESTS;
      case 'response':
        this.#responses += 1;
        return this.#responses > this.#requests || message.duration > elapsed;
      case 'question':
        this.#questions += 1;
        return this.#questions > MOST_QUESTIONS + 1 || length > LONGEST_QUESTION;
      case 'finished':
        return this.#started !== 1 || length > LONGEST_FINISH || message.duration > elapsed;
      default:
        return false;
    }
  }
}
