import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import {
  lineReader,
  type MessageFromSandbox,
  type MessageToSandbox,
  SANDBOX_READS_FROM,
  SANDBOX_WRITES_TO,
} from '../protocol.ts';

// Stored before the Action's code can replace it.
const stringify = JSON.stringify;
const parse = JSON.parse;
const write = writeSync;
const allocate = Buffer.alloc;
const byteLength = Buffer.byteLength;
const exit = process.exit.bind(process);

/** The harness's end of the pipes. */
export interface Channel {
  send(message: MessageFromSandbox): void;
  /** Node's handle of the pipe that it reads from. */
  readonly pipe: object;
}

/**
 * Opens the pipes to the tenant. The token comes with the first message and exists only in this closure: a line that
 * the Action's code writes to the descriptor itself lacks it, and ends the sandbox. Code in the same process can still
 * manipulate the harness, but only for runs of its own Action, which it decides anyway,
 * and never for those of another.
 */
export function openChannel(receive: (message: MessageToSandbox) => void): Channel {
  let token = '';
  const socket = new Socket({ fd: SANDBOX_READS_FROM, readable: true, writable: false });
  const read = lineReader(Number.MAX_SAFE_INTEGER, (line) => {
    const message = parse(line) as MessageToSandbox;
    if (message.type === 'boot') token = message.token;
    receive(message);
  });
  socket.on('data', read);
  // The tenant has gone: nothing is left to do.
  socket.on('close', () => exit(0));
  return {
    pipe: Reflect.get(socket, '_handle'),
    send(message) {
      const line = `${token}${stringify(message)}\n`;
      const length = byteLength(line);
      let written = write(SANDBOX_WRITES_TO, line);
      if (written === length) return;
      const bytes = allocate(length, line);
      while (written < length) written += write(SANDBOX_WRITES_TO, bytes, written);
    },
  };
}
