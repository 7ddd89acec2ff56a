import { stripVTControlCharacters } from 'node:util';

/** Lines that the tool prints only if an Action is not built yet when it asks, or while it works. */
const DEPENDS_ON_SPEED = ['Calculating', 'Waiting for build to complete'];

/**
 * The output of the deploy CLI without what differs between two runs: IDs, times, addresses, and lines that depend on speed.
 * The tool does several things at once, so the lines are sorted.
 *
 * @param names the folder and the domain that the output mentions
 * @example
 * printedLines('2026-01-01T00:00:00.000Z - info: Import Successful', names); // 'TIME - info: Import Successful\n'
 */
export function printedLines(
  output: string,
  { folder, domain }: { readonly folder: string; readonly domain: string },
): string {
  const lines = stripVTControlCharacters(output)
    .replaceAll(folder, 'FOLDER')
    .replaceAll(domain, 'DOMAIN')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\b(rol|con|cgr|org)_\w{16}\b/g, '$1_ID')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UUID')
    .replaceAll(/\b[0-9A-Za-z]{32}\b/g, 'CLIENT')
    .split('\n')
    // The table is as wide as the domain.
    .map((line) => line.replaceAll(/─+/g, '─').replaceAll(/ +/g, ' ').trimEnd())
    .filter((line) => !DEPENDS_ON_SPEED.some((words) => line.includes(words)))
    .sort();
  return `${lines.join('\n').trim()}\n`;
}
