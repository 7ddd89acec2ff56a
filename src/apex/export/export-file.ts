import { Problem } from '../../problem/problem.ts';
import { EXPORT_LIMITS } from './export-limits.ts';

/** A file of an export, with its path relative to the export's folder. */
export interface ExportFile {
  readonly name: string;
  readonly sql: string;
}

/**
 * Decodes the text of an export's file.
 *
 * @throws {Problem} `export_binary` if it is not text in UTF-8
 * @example decodeSql('f100.sql', bytes)
 */
export function decodeSql(name: string, bytes: Uint8Array): string {
  try {
    if (!bytes.includes(0)) return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    // Reported below, as a file with a zero byte is.
  }
  throw new Problem('export_binary', `${name} is not text in UTF-8, as exports are.`);
}

/** @example throw tooLarge('f100.zip') */
export function tooLarge(path: string): Problem {
  const message = `${path} is larger than any export: more than ${EXPORT_LIMITS.fileBytes / 1024 / 1024} MB in a file, ${EXPORT_LIMITS.totalBytes / 1024 / 1024} MB or ${EXPORT_LIMITS.files} files in all.`;
  return new Problem('export_too_large', message);
}
