import { appendFileSync } from 'node:fs';

/** The counts of a fuzzer run, for its last line. */
export class Tally {
  readonly #operations = new Set<string>();
  readonly #statuses = new Map<string, number>();
  requests = 0;
  slowest = 0;

  count(operation: string, status: number, milliseconds: number): void {
    this.#operations.add(operation);
    this.requests += 1;
    this.slowest = Math.max(this.slowest, milliseconds);
    const kind = `${Math.floor(status / 100)}xx`;
    this.#statuses.set(kind, (this.#statuses.get(kind) ?? 0) + 1);
  }

  /** Prints the counts without the test runner's capture of output. */
  report(name: string, seed: number): void {
    const statuses = [...this.#statuses].sort().map(([kind, count]) => `${kind}: ${count}`);
    const line = [
      `${name}: seed ${seed}, ${this.#operations.size} operations, ${this.requests} requests`,
      ...statuses,
      `slowest ${this.slowest.toFixed(0)} ms`,
    ].join(', ');
    reportLine(line);
  }
}

/** Prints the counts of a run. Also appends them to the file that `RELIABILITY_REPORT` names, for docs/reliability.md. */
export function reportLine(line: string): void {
  console.log(line);
  if (process.env.RELIABILITY_REPORT) appendFileSync(process.env.RELIABILITY_REPORT, `${line}\n`);
}
