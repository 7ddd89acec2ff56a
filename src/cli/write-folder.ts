import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../problem/problem.ts';
import { makeFolder } from '../tenant/store/make-folder.ts';
import { replaceFile } from './replace-file.ts';

/** A file to write into a folder. */
export interface FolderFile {
  /** The path below the folder, with `/`. */
  readonly path: string;
  readonly content: string;
}

/**
 * Writes files into a folder, which is created if needed. If one of the files exists already, none is written.
 *
 * @param from the folder that the path is relative to
 * @param overwrite whether existing files are replaced
 * @returns their paths
 * @throws {Problem} `file_exists`, `folder_unwritable`
 * @example
 * await writeFolder('portcullis-apex', [{ path: 'sheet.md', content }], { from: terminal.folder, overwrite: false });
 */
export async function writeFolder(
  folder: string,
  files: readonly FolderFile[],
  { from, overwrite }: { readonly from: string; readonly overwrite: boolean },
): Promise<string[]> {
  const paths = files.map(({ path }) => join(folder, path));
  const existing = overwrite ? undefined : paths.find((path) => exists(resolve(from, path)));
  if (existing !== undefined) {
    const remedy = 'Replace it: --overwrite. Or name another: --out FOLDER';
    throw new Problem('file_exists', `${existing} exists already. Nothing has been written.`, remedy);
  }
  try {
    for (const { path, content } of files) {
      const file = resolve(from, folder, path);
      makeFolder(dirname(file));
      // The folder itself may be a link, but a link below it would lead out of the named folder.
      if (realpathSync(dirname(file)) !== join(realpathSync(resolve(from, folder)), dirname(path)))
        throw unwritable(folder, 'a folder in it is a link');
      await replaceFile(file, content);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw unwritable(folder, error instanceof Error && 'code' in error ? String(error.code) : 'unknown error', error);
  }
  return paths;
}

/** Whether the path exists. A link counts, regardless of its target. */
function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // A folder above cannot be read, or is a file: writing reports it.
    return false;
  }
}

function unwritable(folder: string, reason: string, cause?: unknown): Problem {
  return new Problem('folder_unwritable', `${folder} cannot be written: ${reason}.`, undefined, { cause });
}
