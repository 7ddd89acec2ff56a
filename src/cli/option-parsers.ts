import { InvalidArgumentError } from 'commander';

/** A port as typed; 0 asks for any that is free. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** A folder as typed. An empty one comes from a variable that is not set, and would be the folder one is in. */
export function parseFolder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** A whole number from 1 on. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < 1) throw new InvalidArgumentError('It is a whole number from 1 on.');
  return count;
}

/** For an option that may be repeated. */
export function collectText(text: string, before: readonly string[]): string[] {
  return [...before, text];
}
