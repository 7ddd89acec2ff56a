import { isIP } from 'node:net';
import { InvalidArgumentError } from 'commander';

/** Parses a port; 0 asks for any free port. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}

/** Parses the IP address of a network interface. */
export function parseAddress(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError('It is an IP address of this machine, such as 0.0.0.0.');
  return text;
}

/** Parses a folder. An empty one comes from a variable that is not set, and would be the current folder. */
export function parseFolder(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  return text;
}

/** Parses a whole number from 1 on. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < 1) throw new InvalidArgumentError('It is a whole number from 1 on.');
  return count;
}

/** Collects the values of an option that may be repeated. */
export function collectText(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Parses a time span before now, or a time.
 *
 * @example parseSince('12h') // twelve hours ago
 */
export function parseSince(text: string): Date {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const ago = Number(count) * (UNITS[unit] ?? 0);
  const since = ago > 0 ? new Date(Date.now() - ago) : new Date(/^\d{4}-\d{2}-\d{2}/.test(text) ? text : Number.NaN);
  if (Number.isNaN(since.getTime())) {
    throw new InvalidArgumentError('It is 30m, 12h or 7d, or a time such as 2026-03-01T08:00Z.');
  }
  return since;
}
