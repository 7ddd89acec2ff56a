import { Writable } from 'node:stream';

/** The output of a command: all of it, and the lines that a test waits for. */
export class Printed extends Writable {
  #text = '';
  readonly #waiting = new Set<() => void>();

  get text(): string {
    return this.#text;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#text += chunk.toString();
    for (const look of [...this.#waiting]) look();
    done();
  }

  /** The first whole line that matches, as soon as it is printed. */
  line(matching: RegExp): Promise<string> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.#text
          .split('\n')
          .slice(0, -1)
          .find((line) => matching.test(line));
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}
