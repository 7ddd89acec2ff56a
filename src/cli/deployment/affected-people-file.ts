import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { AffectedPerson } from '../../deployment/impact/impact.ts';
import type { Verdict } from '../../deployment/impact/verdict.ts';
import { Problem } from '../../problem/problem.ts';

const COLUMNS = ['user_id', 'email', 'applications', 'before', 'before_reason', 'after', 'after_reason', 'roles_given'];

/** A list of users in a file, written one by one. */
export interface AffectedPeopleFile {
  add(person: AffectedPerson): void;
  close(): void;
}

/**
 * Opens a CSV file (RFC 4180) that spreadsheets read. Only its owner can read it. An existing file of that name is replaced.
 * A device or a pipe, such as `/dev/stdout`, is written to.
 *
 * @param folder the folder that the path is relative to
 * @throws {Problem} `csv_unwritable`
 */
export function openAffectedPeopleFile(file: string, folder: string): AffectedPeopleFile {
  const path = resolve(folder, file);
  let descriptor: number;
  try {
    const existing = statSync(path, { throwIfNoEntry: false });
    if (existing !== undefined && !existing.isFile()) descriptor = openSync(path, 'w');
    else {
      // An existing file keeps its permissions, and a link would be followed: both are removed first.
      rmSync(path, { force: true });
      descriptor = openSync(path, 'wx', 0o600);
    }
    writeSync(descriptor, line(COLUMNS));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new Problem('csv_unwritable', `${file} cannot be written: ${reason}.`, undefined, {
      cause: error,
    });
  }
  let pending = '';
  const flush = () => {
    writeSync(descriptor, pending);
    pending = '';
  };
  return {
    add({ userId, email, applications, before, after }) {
      pending += line([
        userId,
        email ?? '',
        applications.join(' '),
        before?.outcome ?? 'unknown',
        before?.reason ?? '',
        after.outcome,
        after.reason,
        rolesOf(after),
      ]);
      if (pending.length > 65_536) flush();
    },
    close() {
      flush();
      closeSync(descriptor);
    },
  };
}

function rolesOf({ assign }: Verdict): string {
  return assign.join('; ');
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Marks cells as text that a spreadsheet would run as a formula (OWASP, "CSV Injection"). */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
