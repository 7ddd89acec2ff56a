// The entry that `bin/portcullis.cjs` loads.
import { main } from './main.ts';
import { processTerminal } from './process-terminal.ts';

void main(process.argv.slice(2), processTerminal()).then((status) => {
  // Everything is written and closed. The SDK leaves a timer of a minute behind if a request fails or is cancelled.
  process.exit(status);
});
