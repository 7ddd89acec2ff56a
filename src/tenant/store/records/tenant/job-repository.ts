import type { Database } from '../../database.ts';
import type { JsonObject } from '../../json-value.ts';

/** Long-running work, and how far it is. */
export interface JobRecord {
  /** `job_…` */
  readonly id: string;
  readonly type: 'users_export' | 'users_import' | 'verification_email';
  status: 'pending' | 'processing' | 'completed' | 'failed';
  readonly created_at: string;
  readonly connection?: string;
  readonly connection_id?: string;
  /** What the API answers beside these, as it came or as it turned out. */
  details: JsonObject;
  /** Of an import, the users that were not taken, and why. */
  errors: { user: JsonObject; errors: { code: string; message: string; path?: string }[] }[];
}

/** Long-running work. */
export interface JobRepository {
  find(id: string): JobRecord | undefined;
  insert(record: JobRecord): void;
  update(record: JobRecord): void;
  unfinished(): JobRecord[];
  /** A file that came of a job, under a name that nobody can guess; it goes with the job. */
  keepFile(jobId: string, name: string, content: Uint8Array): void;
  findFile(name: string): Uint8Array | undefined;
  /** Auth0 keeps jobs for a day. Answers how many went. */
  removeBefore(time: string): number;
}

/** Long-running work that somebody asked for, and the file that came of it. */
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
    keepFile(id, name, content) {
      database.run('INSERT INTO job_files (name, job_id, content) VALUES (?, ?, ?)', name, id, content);
    },
    findFile(name) {
      const content = database.first('SELECT content FROM job_files WHERE name = ?', name)?.content;
      return content instanceof Uint8Array ? content : undefined;
    },
    removeBefore: (time) => database.run('DELETE FROM jobs WHERE created_at < ?', time),
  };
}
