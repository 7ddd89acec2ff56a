import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** A long-running job and its progress. */
export interface JobRecord {
  /** `job_…` */
  readonly id: string;
  readonly type: 'users_export' | 'users_import' | 'verification_email';
  status: 'pending' | 'processing' | 'completed' | 'failed';
  readonly created_at: string;
  readonly connection?: string;
  readonly connection_id?: string;
  /** Further members of the API's answer: those of the request, and the results. */
  details: JsonObject;
  /** For an import: the users that were not imported, and the reasons. */
  errors: { user: JsonObject; errors: { code: string; message: string; path?: string }[] }[];
}

/** Long-running jobs. */
export interface JobRepository {
  find(id: string): JobRecord | undefined;
  insert(record: JobRecord): void;
  update(record: JobRecord): void;
  unfinished(): JobRecord[];
  /** Stores the file that a job produced, under a name that cannot be guessed. It is removed with the job. */
  insertFile(jobId: string, name: string, content: Uint8Array): void;
  findFile(name: string): Uint8Array | undefined;
  /** Auth0 keeps jobs for a day. Returns how many were removed. */
  removeBefore(time: string): number;
}

/** Long-running jobs, and the files that they produced. */
export function createJobRepository(database: Database): JobRepository {
  const write = (record: JobRecord) =>
    database.run('UPDATE jobs SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
  return {
    find: (id) => database.record<JobRecord>('SELECT record FROM jobs WHERE id = ?', id),
    insert(record) {
      database.run(
        'INSERT INTO jobs (id, created_at, record) VALUES (?, ?, ?)',
        record.id,
        record.created_at,
        JSON.stringify(record),
      );
    },
    update(record) {
      write(record);
    },
    unfinished: () =>
      database
        .all(`SELECT record FROM jobs WHERE json_extract(record, '$.status') IN ('pending', 'processing')`)
        .map((row) => JSON.parse(String(row.record)) as JobRecord),
    insertFile(id, name, content) {
      database.run('INSERT INTO job_files (name, job_id, content) VALUES (?, ?, ?)', name, id, content);
    },
    findFile(name) {
      const content = database.first('SELECT content FROM job_files WHERE name = ?', name)?.content;
      return content instanceof Uint8Array ? content : undefined;
    },
    removeBefore: (time) => database.run('DELETE FROM jobs WHERE created_at < ?', time),
  };
}
