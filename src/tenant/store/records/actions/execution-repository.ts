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
  /** Whether the sandbox had to be started for it. */
  readonly cold: boolean;
  /** Milliseconds that the Action itself ran. */
  readonly action_duration_ms: number;
  readonly boot_duration_ms: number;
  /** `kept`: the characters of a line that Auth0 would keep, where that is not the whole line. */
  readonly console: { level: 'log' | 'info' | 'warn' | 'error' | 'debug'; text: string; at: string; kept?: number }[];
  readonly error?: { name: string; message: string; code: string; stack?: string };
  /** The api calls that the Action made, in order: method and arguments, secrets masked. */
  readonly calls: { method: string; arguments: JsonValue[] }[];
  /**
   * Requests that the Action sent out, in order: `status` and the milliseconds to the head of the answer, or why there was none.
   * Absent from executions that are older than it.
   */
  readonly requests?: { method: string; host: string; status?: number; error?: string; duration_ms?: number }[];
  /** Claims that the tenant dropped without a word, as Auth0 does, and why. */
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

export interface ExecutionRepository {
  find(id: string): ExecutionRecord | undefined;
  insert(record: ExecutionRecord): void;
  update(record: ExecutionRecord): void;
  /** Auth0 keeps executions for ten days. */
  removeBefore(time: string): number;
}

/** What happened each time a trigger ran. */
export function createExecutionRepository(database: Database): ExecutionRepository {
  return {
    find: (id) => database.record('SELECT record FROM executions WHERE id = ?', id),
    insert(record) {
      database.run(
        'INSERT INTO executions (id, created_at, record) VALUES (?, ?, ?)',
        record.id,
        record.created_at,
        JSON.stringify(record),
      );
    },
    update(record) {
      database.run('UPDATE executions SET record = ? WHERE id = ?', JSON.stringify(record), record.id);
    },
    removeBefore: (time) => database.run('DELETE FROM executions WHERE created_at < ?', time),
  };
}
