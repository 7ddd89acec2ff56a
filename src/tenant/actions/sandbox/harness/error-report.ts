import { LONGEST_ERROR, type SandboxError } from '../protocol.ts';

/** Paths that a report does not show. */
export interface HiddenPaths {
  /** Lines of the stack that name it are removed. */
  readonly harness: string;
  /** A path that begins with one of them is shown relative to it. */
  readonly folders: readonly string[];
}

/** Returns a thrown value as plain data: an Action may throw a string, nothing at all, or an object that throws when it is read. */
export function reportError(thrown: unknown, hidden: HiddenPaths): SandboxError {
  const name = (member(thrown, 'name') ?? 'Error').slice(0, LONGEST_ERROR.name);
  const code = (member(thrown, 'code') ?? '').slice(0, LONGEST_ERROR.code);
  const message = withoutPaths(member(thrown, 'message') ?? text(thrown), hidden).slice(0, LONGEST_ERROR.message);
  const stack = member(thrown, 'stack');
  if (stack === undefined) return { name, message, code };
  return { name, message, code, stack: withoutPaths(stack, hidden).slice(0, LONGEST_ERROR.stack) };
}

function member(thrown: unknown, name: string): string | undefined {
  if ((typeof thrown !== 'object' && typeof thrown !== 'function') || thrown === null) return undefined;
  try {
    const value: unknown = Reflect.get(thrown, name);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  } catch {
    return undefined;
  }
}

function text(thrown: unknown): string {
  try {
    return thrown === undefined ? 'Unknown error' : String(thrown);
  } catch {
    return 'Unknown error';
  }
}

function withoutPaths(text: string, { harness, folders }: HiddenPaths): string {
  const lines = text.split('\n').filter((line) => !line.includes(harness));
  return fromTheirFolders(lines.join('\n'), folders);
}

/**
 * Returns an Action's output without the stack lines of the harness and without the paths of its own folders.
 *
 * @example
 * printedWithoutPaths('Error: no\n    at run (/…/action.js:1:2)\n    at execute (/…/harness.cjs:3:4) {', hidden);
 * // 'Error: no\n    at run (action.js:1:2) {'
 */
export function printedWithoutPaths(text: string, { harness, folders }: HiddenPaths): string {
  // Removing whole lines would lose text behind a stack: `{` of further members, or the rest of a stack in JSON.
  const frames = text.includes(harness) ? text.replaceAll(framesOf(harness), '') : text;
  return fromTheirFolders(frames, folders);
}

/** Returns a pattern for a stack line that names the file, with the line break before it, which has two characters in JSON. */
function framesOf(file: string): RegExp {
  const escaped = file.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return new RegExp(String.raw`(?:\n|\\n)\s+at (?:[^\n(\\]*\(|async )?${escaped}:\d+:\d+\)?`, 'g');
}

function fromTheirFolders(text: string, folders: readonly string[]): string {
  return folders.reduce(
    (shown, folder) => shown.replaceAll(`file://${folder}/`, '').replaceAll(`${folder}/`, ''),
    text,
  );
}
