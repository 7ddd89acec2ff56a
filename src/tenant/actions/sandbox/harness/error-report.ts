import { LONGEST_ERROR, type SandboxError } from '../protocol.ts';

/** Paths that a report does not show. */
export interface HiddenPaths {
  /** Lines of the stack that name it go. */
  readonly harness: string;
  /** What begins with one of them is shown from there on. */
  readonly folders: readonly string[];
}

/** Whatever was thrown, as plain data: an Action may throw a string, nothing at all, or an object that throws when read. */
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
 * What an Action prints, without the lines of stacks that are the harness's and without the folders of its own.
 *
 * @example
 * printedWithoutPaths('Error: no\n    at run (/…/action.js:1:2)\n    at execute (/…/harness.cjs:3:4) {', hidden);
 * // 'Error: no\n    at run (action.js:1:2) {'
 */
export function printedWithoutPaths(text: string, { harness, folders }: HiddenPaths): string {
  // Line by line would lose what stands behind a stack: `{` of further members, or the rest of a stack in JSON.
  const frames = text.includes(harness) ? text.replaceAll(framesOf(harness), '') : text;
  return fromTheirFolders(frames, folders);
}

/** A line of a stack that names the file, with the line break before it, which JSON has in two characters. */
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
