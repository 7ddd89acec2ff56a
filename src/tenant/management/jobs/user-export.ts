import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { consoleRegistration } from '../../administrator/console-access.ts';
import type { JsonObject, JsonValue } from '../../store/json-value.ts';
import type { ListPosition } from '../../store/paging.ts';
import type { JobRecord } from '../../store/records/tenant/job-repository.ts';
import type { Store } from '../../store/store.ts';
import { yieldToEventLoop } from '../../store/yield-to-event-loop.ts';
import { userAnswer } from '../users/user-record.ts';

export interface ExportedField {
  readonly name: string;
  readonly export_as?: string | undefined;
}

export interface ExportOptions {
  readonly connection?: string | undefined;
  readonly format: 'json' | 'csv';
  readonly limit?: number | undefined;
  readonly fields?: readonly ExportedField[] | undefined;
}

/** The fields that Auth0 exports by default. */
const usualFields: readonly ExportedField[] = [
  'user_id',
  'email',
  'email_verified',
  'name',
  'nickname',
  'given_name',
  'family_name',
  'picture',
  'username',
  'phone_number',
  'created_at',
  'updated_at',
  'last_login',
  'last_ip',
  'logins_count',
].map((name) => ({ name }));

const ROWS_PER_SLICE = 500;
const compressed = promisify(gzip);

/**
 * Runs a job that exports users. The file is stored with the job, compressed, under a name of 256 random bits. Other requests
 * are served in the meantime.
 *
 * @param domain the domain for the link to the file
 * @example
 * await runUserExport(store, job, { format: 'csv', fields: [{ name: 'email' }] }, 'https://localhost:4000/');
 * @see Auth0 docs: "Bulk User Exports"
 */
export async function runUserExport(
  store: Store,
  job: JobRecord,
  options: ExportOptions,
  domain: string,
): Promise<void> {
  const fields = options.fields === undefined || options.fields.length === 0 ? usualFields : options.fields;
  const lines: string[] = options.format === 'csv' ? [csvLine(fields.map(titleOf))] : [];
  for await (const users of usersToExport(store, options)) {
    for (const user of users) {
      const values = fields.map(({ name }) => valueAt(user, name));
      if (options.format === 'csv') lines.push(csvLine(values));
      else
        lines.push(JSON.stringify(Object.fromEntries(fields.map((field, index) => [titleOf(field), values[index]]))));
    }
  }
  const name = `${randomBytes(32).toString('base64url')}.${options.format}.gz`;
  const content = await compressed(lines.map((line) => `${line}\n`).join(''));
  store.transaction(() => {
    store.jobs.insertFile(job.id, name, content);
    store.jobs.update({
      ...job,
      status: 'completed',
      details: { ...job.details, percentage_done: 100, location: `${domain}user-exports/${name}` },
    });
  });
}

/** Some hundreds at a time, in order of creation. Users created or deleted in the meantime cause no gap. The administrator of the console is left out. */
async function* usersToExport(store: Store, { connection, limit }: ExportOptions): AsyncGenerator<JsonObject[]> {
  let remaining = limit ?? Number.POSITIVE_INFINITY;
  let after: ListPosition | undefined;
  while (remaining > 0) {
    const paging = { page: 0, perPage: ROWS_PER_SLICE, ...(after !== undefined && { after }) };
    const { rows, positions } = store.users.list({ except: consoleRegistration(store)?.userId }, paging);
    const found = rows
      .filter(({ identities }) => connection === undefined || identities.some((one) => one.connection === connection))
      .slice(0, remaining);
    yield found.map(userAnswer);
    remaining -= found.length;
    after = positions?.at(-1);
    if (rows.length < ROWS_PER_SLICE || after === undefined) return;
    await yieldToEventLoop();
  }
}

function titleOf({ name, export_as }: ExportedField): string {
  return export_as ?? name;
}

/** `identities[0].connection`, `user_metadata.plan`: a path. Inherited members are ignored. */
function valueAt(user: JsonObject, path: string): JsonValue | undefined {
  let value: JsonValue | undefined = user;
  for (const part of path.replace(/\[(\d+)\]/g, '.$1').split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as JsonObject)[part];
  }
  return value;
}

/** RFC 4180. A text that a spreadsheet would run as a formula is marked as text, as OWASP ("CSV Injection") recommends. */
function csvLine(values: readonly (JsonValue | undefined)[]): string {
  const cell = (value: JsonValue | undefined) => {
    if (value === undefined || value === null) return '';
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  return values.map(cell).join(',');
}
