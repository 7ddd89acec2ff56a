import type { Database } from '../../database.ts';
import type { JobRecord } from '../../records.ts';
import type { JobRepository } from '../../store.ts';

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
