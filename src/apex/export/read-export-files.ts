import { lstat, open, readdir, readFile, stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { Problem } from '../../problem/problem.ts';
import { decodeSql, type ExportFile, tooLarge } from './export-file.ts';
import { EXPORT_LIMITS } from './export-limits.ts';
import { readExportArchive } from './read-export-archive.ts';

/**
 * Reads an export as APEX and SQLcl write it: one SQL file, a split folder, or a zip of either. Only files that end in
 * `.sql` are read; symbolic links are not followed.
 *
 * @param name the path for messages
 * @param from the folder that it is relative to; the current one by default
 * @throws {Problem} `export_unreadable`, `export_too_large`, `export_binary`, `export_archive_invalid`
 * @example const files = await readExportFiles('f100.zip');
 * @see Oracle APEX, APEX_EXPORT.GET_APPLICATION, p_split
 */
export async function readExportFiles(name: string, from = ''): Promise<readonly ExportFile[]> {
  const path = resolve(from, name);
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return await readFolder(path);
    if (!stats.isFile()) throw unreadable(name, 'it is neither a file nor a folder');
    if (stats.size > EXPORT_LIMITS.fileBytes) throw tooLarge(name);
    if (await isArchive(path)) return await readExportArchive(path);
    return [{ name, sql: decodeSql(name, await readFile(path)) }];
  } catch (error) {
    if (error instanceof Problem) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw unreadable(name, code === 'ENOENT' ? 'there is no such file' : code);
  }
}

async function readFolder(root: string): Promise<readonly ExportFile[]> {
  const files: ExportFile[] = [];
  let total = 0;
  // Names as bytes: an unpacked archive may have names that are not UTF-8, which as text name no file.
  const visit = async (folder: Buffer, depth: number): Promise<void> => {
    if (depth > EXPORT_LIMITS.folderDepth) throw tooLarge(root);
    for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
      const path = Buffer.concat([folder, Buffer.from(sep), entry.name]);
      if (entry.isDirectory()) await visit(path, depth + 1);
      if (!entry.isFile() || !entry.name.toString().toLowerCase().endsWith('.sql')) continue;
      const { size } = await lstat(path);
      total += size;
      if (size > EXPORT_LIMITS.fileBytes || total > EXPORT_LIMITS.totalBytes) throw tooLarge(root);
      if (files.length >= EXPORT_LIMITS.files) throw tooLarge(root);
      const name = relative(root, path.toString());
      files.push({ name, sql: decodeSql(name, await readFile(path)) });
    }
  };
  await visit(Buffer.from(root), 0);
  return files;
}

async function isArchive(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32LE() === 0x04034b50;
  } finally {
    await handle.close();
  }
}

function unreadable(name: string, why: string): Problem {
  return new Problem('export_unreadable', `${name} cannot be read: ${why}.`);
}
