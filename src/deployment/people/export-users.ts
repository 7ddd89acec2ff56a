import { createWriteStream, existsSync, renameSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { type ManagementClient, ManagementError } from 'auth0';
import { Problem } from '../../problem/problem.ts';
import type { PeopleFolder } from './people-folder.ts';

/** A job without progress for this long is given up. */
const TIMEOUT_MS = 15 * 60_000;
/** Interval of polls: doubled from the first value to the second, since a small tenant is done at once. */
const FIRST_POLL_MS = 125;
const POLL_MS = 2000;
const DOWNLOAD_TRIES = 4;

export interface ExportOptions {
  readonly folder: PeopleFolder;
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress of the tenant's job, in percent. */
  readonly onProgress?: ((percent: number) => void) | undefined;
  /** Milliseconds without progress after which the job is given up. */
  readonly timeout?: number | undefined;
  readonly poll?: number | undefined;
}

/**
 * Starts the export of users on the tenant, which takes minutes for many users. If an earlier run has started a job, it is
 * used instead.
 *
 * @param names the fields to export
 * Source: Auth0 docs, "Bulk User Exports".
 *
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses the call
 */
export async function beginExport(
  management: ManagementClient,
  folder: PeopleFolder,
  names: readonly string[],
): Promise<void> {
  if (existsSync(folder.exportFile) || folder.exportJob !== undefined) return;
  const fields = names.map((name) => ({ name }));
  const { id } = await management.jobs.usersExports.create({ format: 'json', fields });
  folder.exportJob = id;
}

/**
 * Waits until the tenant has exported its users, and downloads the file.
 *
 * @throws {Problem} `export_failed`, `export_timeout`
 * @throws {ManagementError} of the `auth0` package, if the tenant refuses a call
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
  { signal, onProgress, folder, timeout = TIMEOUT_MS, poll = POLL_MS }: ExportOptions,
): Promise<string | undefined> {
  let percent = -1;
  let deadline = Date.now() + timeout;
  let wait = Math.min(FIRST_POLL_MS, poll);
  for (;;) {
    signal?.throwIfAborted();
    const now = await management.jobs.get(folder.exportJob ?? '').catch((error: unknown) => {
      // Auth0 deletes jobs after a day.
      if (error instanceof ManagementError && error.statusCode === 404) return undefined;
      throw error;
    });
    if (now === undefined || now.status === 'failed') return undefined;
    if (now.status === 'completed') return now.location;
    const done = now.percentage_done ?? 0;
    if (done > percent) [percent, deadline] = [done, Date.now() + timeout];
    onProgress?.(percent);
    if (Date.now() > deadline) {
      folder.exportJob = undefined;
      throw new Problem(
        'export_timeout',
        `The tenant's export of users has made no progress for ${Math.round(timeout / 60_000)} minutes.`,
      );
    }
    await pause(wait, undefined, signal === undefined ? {} : { signal });
    wait = Math.min(wait * 2, poll);
  }
}

/** Downloads the file. The address is signed and short-lived, and no credentials are sent to it. */
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
      // The job may be too old: the next run starts another.
      folder.exportJob = undefined;
      throw failed(
        `The export of users could not be downloaded: ${error instanceof Error ? error.message : 'no reason'}.`,
      );
    }
  }
}

function failed(message: string): Problem {
  return new Problem('export_failed', message);
}
