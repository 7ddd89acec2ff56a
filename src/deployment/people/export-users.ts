import { createWriteStream, existsSync, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type ManagementClient, ManagementError } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import { EXPORTED_FIELDS } from './exported-user.ts';
import type { PeopleFolder } from './people-folder.ts';

/** A job that makes no progress for so long will make none. */
const PATIENCE_MS = 15 * 60_000;
/** A small tenant is done at once, and a large one need not be asked often: from the first to the second, doubled each time. */
const FIRST_POLL_MS = 125;
const POLL_MS = 2000;
const DOWNLOAD_TRIES = 4;

export interface ExportOptions {
  readonly folder: PeopleFolder;
  readonly signal?: AbortSignal | undefined;
  /** Told how far the tenant's job is, in percent. */
  readonly onProgress?: ((percent: number) => void) | undefined;
  /** Milliseconds without progress after which it is given up. */
  readonly patience?: number | undefined;
  readonly poll?: number | undefined;
}

/**
 * Asks the tenant to export its users, which takes it minutes where there are many. A job that an earlier run began is not
 * begun again.
 *
 * Source: Auth0 docs, "Bulk User Exports".
 *
 * @throws {ManagementError} of the `auth0` package, where the tenant refuses the call
 */
export async function beginExport(management: ManagementClient, folder: PeopleFolder): Promise<void> {
  if (existsSync(folder.exportFile) || folder.exportJob !== undefined) return;
  const fields = EXPORTED_FIELDS.map((name) => ({ name }));
  const { id } = await management.jobs.usersExports.create({ format: 'json', fields });
  folder.exportJob = id;
}

/**
 * Waits until the tenant has exported its users, and fetches the file.
 *
 * @throws {Problem} `export_failed`, `export_timeout`
 * @throws {ManagementError} of the `auth0` package, where the tenant refuses a call
 */
export async function fetchExport(management: ManagementClient, options: ExportOptions): Promise<void> {
  const { folder } = options;
  if (existsSync(folder.exportFile)) return;
  const location = await finished(management, options);
  if (location === undefined) {
    folder.exportJob = undefined;
    throw failed('The tenant could not export its users.');
  }
  await download(location, options);
}

async function finished(
  management: ManagementClient,
  { signal, onProgress, folder, patience = PATIENCE_MS, poll = POLL_MS }: ExportOptions,
): Promise<string | undefined> {
  let percent = -1;
  let deadline = Date.now() + patience;
  let wait = Math.min(FIRST_POLL_MS, poll);
  for (;;) {
    signal?.throwIfAborted();
    const now = await management.jobs.get(folder.exportJob ?? '').catch((error: unknown) => {
      // Auth0 forgets jobs after a day.
      if (error instanceof ManagementError && error.statusCode === 404) return undefined;
      throw error;
    });
    if (now === undefined || now.status === 'failed') return undefined;
    if (now.status === 'completed') return now.location;
    const done = now.percentage_done ?? 0;
    if (done > percent) [percent, deadline] = [done, Date.now() + patience];
    onProgress?.(percent);
    if (Date.now() > deadline) {
      folder.exportJob = undefined;
      throw new Problem(
        'export_timeout',
        `The tenant's export of users has made no progress for ${Math.round(patience / 60_000)} minutes.`,
      );
    }
    await pause(wait, undefined, signal === undefined ? {} : { signal });
    wait = Math.min(wait * 2, poll);
  }
}

/** The address is signed and short-lived; nothing of ours is sent there. */
async function download(location: string, { folder, signal }: ExportOptions): Promise<void> {
  const part = `${folder.exportFile}.part`;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(location, signal === undefined ? {} : { signal });
      if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
      await pipeline(Readable.fromWeb(response.body), createWriteStream(part, { mode: 0o600 }));
      renameSync(part, folder.exportFile);
      return;
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt < DOWNLOAD_TRIES) {
        await pause(attempt * 500);
        continue;
      }
      // The job may be too old: the next run begins another.
      folder.exportJob = undefined;
      throw failed(
        `The export of users could not be fetched: ${error instanceof Error ? error.message : 'no reason'}.`,
      );
    }
  }
}

function failed(message: string): Problem {
  return new Problem('export_failed', message);
}
