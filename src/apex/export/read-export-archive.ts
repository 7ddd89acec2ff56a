import type { Readable } from 'node:stream';
import { openPromise, type ZipFile } from 'yauzl';
import { Problem } from '../../problem/problem.ts';
import { decodeSql, type ExportFile, tooLarge } from './export-file.ts';
import { EXPORT_LIMITS } from './export-limits.ts';

/**
 * Reads the SQL files of a zip into memory: nothing is written to the disk. An archive with a name that leads out of it
 * (`../`, an absolute path, a drive) is refused as a whole. The size that an entry states is not trusted.
 *
 * @throws {Problem} `export_archive_invalid`, `export_too_large`, `export_binary`
 * @example const files = await readExportArchive('f100.zip');
 * @see docs/decisions/0019-yauzl.md
 */
export async function readExportArchive(path: string): Promise<readonly ExportFile[]> {
  let archive: ZipFile | undefined;
  try {
    archive = await openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true });
    const files: ExportFile[] = [];
    let remaining: number = EXPORT_LIMITS.totalBytes;
    if (archive.entryCount > EXPORT_LIMITS.files) throw tooLarge(path);
    for await (const entry of archive.eachEntry()) {
      if (!entry.fileName.toLowerCase().endsWith('.sql')) continue;
      const stream = await archive.openReadStreamPromise(entry);
      const bytes = await readAtMost(stream, Math.min(remaining, EXPORT_LIMITS.fileBytes));
      if (bytes === undefined) throw tooLarge(path);
      remaining -= bytes.length;
      files.push({ name: entry.fileName, sql: decodeSql(entry.fileName, bytes) });
    }
    return files;
  } catch (error) {
    if (error instanceof Problem) throw error;
    const why = error instanceof Error ? error.message : 'unknown error';
    throw new Problem('export_archive_invalid', `${path} is not a readable zip: ${why}.`, undefined, {
      cause: error,
    });
  } finally {
    archive?.close();
  }
}

async function readAtMost(stream: Readable, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
