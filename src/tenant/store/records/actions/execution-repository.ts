import type { Database } from '../../database.ts';
import type { JsonValue } from '../../json-value.ts';

/** One run of one Action within an execution of a trigger. */
export interface ExecutionResult {
  readonly action_id: string;
  readonly action_name: string;
  readonly version_id: string;
  readonly binding_id: string;
  readonly handler: string;
  readonly started_at: string;
  readonly ended_at: string;
  /** Whether the sandbox had to be started for this run. */
  readonly cold: boolean;
  /** Milliseconds that the Action itself ran. */
  readonly action_duration_ms: number;
  readonly boot_duration_ms: number;
  /** `kept`: how many characters of a line Auth0 would keep. Absent if it keeps the whole line. */
  readonly console: { level: 'log' | 'info' | 'warn' | 'error' | 'debug'; text: string; at: string; kept?: number }[];
  readonly error?: { name: string; message: string; code: string; stack?: string };
  /** The `api` calls that the Action made, in order: method and arguments, with secrets masked. */
  readonly calls: { method: string; arguments: JsonValue[] }[];
  /**
   * Requests that the Action sent, in order: the status and the milliseconds until the response began, or the error.
   * Absent from executions older than this field.
   */
  readonly requests?: { method: string; host: string; status?: number; error?: string; duration_ms?: number }[];
  /** Claims that the tenant dropped silently, as Auth0 does, and the reasons. */
  readonly dropped_claims: { token: 'id_token' | 'access_token'; claim: string; reason: string }[];
}

export interface ExecutionRecord {
  readonly id: string;
  readonly trigger_id: string;
  status: 'unspecified' | 'pending' | 'final' | 'partial' | 'canceled' | 'suspended';
  results: ExecutionResult[];
  readonly created_at: string;
  updated_at: string;
}

/** One run of an Action, for statistics. */
export interface ActionRunTime {
  readonly actionId: string;
  readonly name: string;
  readonly ms: number;
  readonly failed: boolean;
}

export interface ExecutionRepository {
  /** The runs of Actions in the latest executions, latest first. */
  latestRunTimes(executions: number): ActionRunTime[];
  find(id: string): ExecutionRecord | undefined;
  insert(record: ExecutionRecord): void;
  update(record: ExecutionRecord): void;
  /** Auth0 keeps executions for ten days. */
  removeBefore(time: string): number;
}

const SELECT = 'SELECT record FROM executions WHERE id = ?';
const RUN_TIMES = `
SELECT result.value ->> 'action_id' AS id, result.value ->> 'action_name' AS name,
  result.value ->> 'action_duration_ms' AS ms, result.value ->> 'error' IS NOT NULL AS failed
FROM (SELECT record FROM executions ORDER BY created_at DESC LIMIT ?) AS execution, json_each(execution.record, '$.results') AS result`;

/** The results of each run of a trigger. */
export function createExecutionRepository(database: Database): ExecutionRepository {
  // The console reads an execution as soon as it is written.
  const remembered = database.remember<string>(['executions'], 100);
  return {
    latestRunTimes: (executions) =>
      database.all(RUN_TIMES, executions).map(({ id, name, ms, failed }) => ({
        actionId: String(id),
        name: String(name),
        ms: Number(ms),
        failed: failed === 1,
      })),
    find(id) {
      const text = remembered.get(id, () => String(database.first(SELECT, id)?.record ?? ''));
      return text === '' ? undefined : (JSON.parse(text) as ExecutionRecord);
    },
    insert(record) {
      const text = JSON.stringify(record);
      remembered.write(record.id, () =>
        database.run(
          'INSERT INTO executions (id, created_at, record) VALUES (?, ?, ?)',
          record.id,
          record.created_at,
          text,
        ),
      );
      remembered.set(record.id, text);
    },
    update(record) {
      const text = JSON.stringify(record);
      const changes = remembered.write(record.id, () =>
        database.run('UPDATE executions SET record = ? WHERE id = ?', text, record.id),
      );
      if (changes > 0) remembered.set(record.id, text);
    },
    removeBefore: (time) => database.run('DELETE FROM executions WHERE created_at < ?', time),
  };
}
