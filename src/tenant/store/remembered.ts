/**
 * Values that were read from some tables, by key. Every write to one of the tables forgets them, so a remembered value always equals
 * what the store holds: the database itself calls `tableWritten` for each statement. This needs the process to be the only one that
 * writes, which the lock of the data folder ensures: no program may write to the file while a tenant runs on it.
 */
export class Remembered<Value> {
  readonly #values = new Map<string, Value>();
  readonly #capacity: number;
  #written: string | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value of a key. `read` gets it from the database if it is not remembered. The value is frozen. */
  get(key: string, read: () => Value): Value {
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = read();
    this.set(key, value);
    return value;
  }

  /** The value of a key, if it is remembered. */
  peek(key: string): Value | undefined {
    return this.#values.get(key);
  }

  /** Remembers a value that was read or written in another way. */
  set(key: string, value: Value): void {
    this.#values.delete(key);
    if (value === undefined) return;
    if (this.#values.size >= this.#capacity) this.#values.delete(this.#values.keys().next().value ?? '');
    this.#values.set(key, freeze(value));
  }

  /** Runs a write that changes the value of no other key. */
  write<Result>(key: string, work: () => Result): Result {
    const outer = this.#written;
    this.#written = key;
    try {
      return work();
    } finally {
      this.#written = outer;
    }
  }

  /** Forgets what a write to one of the tables may have changed. */
  tableWritten(): void {
    if (this.#written === undefined) this.#values.clear();
    else this.#values.delete(this.#written);
  }

  clear(): void {
    this.#values.clear();
  }
}

/** Freezes a value that comes from JSON, with all its members. */
function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}
