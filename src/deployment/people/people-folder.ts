import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../problem/problem.ts';

/** The data about a tenant's users that has been read so far; stored until it is no longer needed. */
export interface PeopleFolder {
  /** Start of the reading, in milliseconds since 1970. */
  readonly begun: number;
  /** Whether an earlier run left the folder. */
  readonly takenUp: boolean;
  /** Path of the export of users. If the file exists, it is complete. */
  readonly exportFile: string;
  /** The tenant's export job that is still running. */
  exportJob: string | undefined;
  /** The pages of role holders that have been read, in order. */
  readonly holderPages: readonly HolderPage[];
  keepHolderPage(page: HolderPage): void;
  /** Deletes everything: personal data must not stay. */
  remove(): void;
}

/** A page of a role's holders. */
export interface HolderPage {
  /** The role's id. */
  readonly role: string;
  readonly users: readonly string[];
  /** The start of the next page; absent for the last page. */
  readonly next?: string | undefined;
}

/** Older data is read again, since users change. */
const LIFETIME = 24 * 60 * 60_000;

/**
 * Opens the folder that stores a tenant's users while they are read, so that an interrupted run can be continued. Only its
 * owner can read it.
 *
 * @param parent Portcullis's own folder, such as `.portcullis`; created if needed, and ignored by Git
 * @param subject the tenant and the roles, as one text; another subject starts a new folder
 * @throws {Problem} `folder_unusable`
 */
export function openPeopleFolder(
  parent: string,
  subject: string,
  { fresh, now = Date.now() }: { readonly fresh: boolean; readonly now?: number },
): PeopleFolder {
  const folder = join(parent, `people-${createHash('sha256').update(subject).digest('hex').slice(0, 16)}`);
  const stateFile = join(folder, 'state.json');
  const holderFile = join(folder, 'holders.ndjson');
  try {
    mkdirSync(parent, { recursive: true, mode: 0o700 });
    writeFileSync(join(parent, '.gitignore'), '*\n');
    const state = fresh ? undefined : readState(stateFile, now);
    if (state === undefined) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folderWith(folder, { stateFile, holderFile, state: state ?? { begun: now }, takenUp: state !== undefined });
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new Problem(
      'folder_unusable',
      `The folder ${parent} cannot be used: ${reason}. It stores the users while they are read.`,
    );
  }
}

interface State {
  readonly begun: number;
  readonly job?: string | undefined;
}

function folderWith(
  folder: string,
  { stateFile, holderFile, state, takenUp }: { stateFile: string; holderFile: string; state: State; takenUp: boolean },
): PeopleFolder {
  const writeState = (next: State): void => {
    // Written completely or not at all.
    writeFileSync(`${stateFile}.new`, JSON.stringify(next), { mode: 0o600 });
    renameSync(`${stateFile}.new`, stateFile);
  };
  let job = state.job;
  writeState(state);
  const holderPages = readPages(holderFile);
  // A line that was cut off during a write must not run into the next line.
  writeFileSync(holderFile, holderPages.map(lineOf).join(''), { mode: 0o600 });
  return {
    begun: state.begun,
    takenUp,
    exportFile: join(folder, 'users.ndjson.gz'),
    get exportJob() {
      return job;
    },
    set exportJob(id) {
      job = id;
      writeState({ begun: state.begun, job: id });
    },
    holderPages,
    keepHolderPage: (page) => appendFileSync(holderFile, lineOf(page)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function readState(file: string, now: number): State | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null || !('begun' in value) || typeof value.begun !== 'number') {
      return undefined;
    }
    if (value.begun > now || now - value.begun > LIFETIME) return undefined;
    return { begun: value.begun, job: 'job' in value && typeof value.job === 'string' ? value.job : undefined };
  } catch {
    return undefined;
  }
}

function readPages(file: string): HolderPage[] {
  if (!existsSync(file)) return [];
  const pages: HolderPage[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const page = parsePage(line);
    // Everything after a broken line was written later and is read again.
    if (page === undefined) break;
    pages.push(page);
  }
  return pages;
}

function parsePage(line: string): HolderPage | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('role' in value) || !('users' in value)) return undefined;
    const { role, users } = value;
    if (typeof role !== 'string' || !Array.isArray(users)) return undefined;
    const next = 'next' in value && typeof value.next === 'string' ? value.next : undefined;
    return { role, users: users.filter((user) => typeof user === 'string'), next };
  } catch {
    return undefined;
  }
}

function lineOf(page: HolderPage): string {
  return `${JSON.stringify(page)}\n`;
}
