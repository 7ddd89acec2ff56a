// The entry that `bin/portcullis.cjs` loads. The process ends by itself, so that no pending output is cut off.
import { main } from './main.ts';
import { processTerminal } from './process-terminal.ts';

void main(process.argv.slice(2), processTerminal()).then((status) => {
  process.exitCode = status;
});
