import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from '../../problem/problem.ts';
import { onProcessExit } from './process-exit.ts';
import { storeProblem } from './store-problem.ts';

const DATABASE = 'tenant.sqlite';

/** A data folder of its own, with the data that another one had when it was copied. */
export interface DataFolderCopy {
  readonly folder: string;
  remove(): void;
}

/**
 * Copies a tenant's data into a temporary folder. A tenant may run on the data: the copy is what it has committed. The data itself is
 * only read.
 *
 * @throws {Problem} `data_folder_foreign` if the folder holds no tenant, `not_a_database`, `busy`, `unwritable`
 * @example
 * const copy = copyDataFolder('.portcullis');
 * const tenant = await startTenant({ port: 0, loopbackPort: 0, dataFolder: copy.folder });
 */
export function copyDataFolder(folder: string): DataFolderCopy {
  const path = resolve(folder);
  const source = join(path, DATABASE);
  if (!existsSync(source)) {
    throw new Problem(
      'data_folder_foreign',
      `The folder ${path} holds no tenant.`,
      'Name the folder of a tenant: --data FOLDER',
    );
  }
  // The name is that of a work folder, so that a later tenant deletes it if this process is killed.
  const copy = mkdtempSync(join(tmpdir(), `portcullis-${process.pid}-`));
  const discard = () => rmSync(copy, { recursive: true, force: true });
  const withdraw = onProcessExit(discard);
  const remove = () => {
    withdraw();
    discard();
  };
  try {
    const database = new DatabaseSync(source, { readOnly: true, timeout: 5000 });
    try {
      database.prepare('VACUUM INTO ?').run(join(copy, DATABASE));
    } finally {
      database.close();
    }
    return { folder: copy, remove };
  } catch (error) {
    remove();
    const problem = storeProblem(error);
    throw new Problem(problem.code, `${source}: ${problem.message}`, problem.remedy, { cause: error });
  }
}
