// Preloaded into a tenant (`node --import`): ends its process with SIGKILL right after the nth statement that writes, or that
// begins or ends a transaction. With `KILL_AFTER=0` it kills nothing and writes the number of such statements to `KILL_COUNT`.
import { writeFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, StatementSync } from 'node:sqlite';

const last = Number(process.env.KILL_AFTER ?? 0);
let count = 0;

function passed(sql: string): void {
  if (/^\s*(SELECT|PRAGMA|EXPLAIN)/i.test(sql)) return;
  count += 1;
  if (last === 0) return;
  if (count < last) return;
  process.kill(process.pid, 'SIGKILL');
  // The signal is on its way: block until it arrives.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const { run } = StatementSync.prototype;
const wrapped = function (this: StatementSync, ...values: SQLInputValue[]) {
  const result = run.apply(this, values as never);
  passed(this.sourceSQL);
  return result;
};
Object.assign(StatementSync.prototype, { run: wrapped });
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
  exec.call(this, sql);
  passed(sql);
};
process.on('exit', () => {
  if (process.env.KILL_COUNT !== undefined) writeFileSync(process.env.KILL_COUNT, String(count));
});
