// Preloaded into a program, ours or another: counts its HTTP requests, regardless of the client it uses, and writes the number to a file.
import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';

let count = 0;
const one = () => {
  count += 1;
};
// Node's own fetch, and its http and https modules.
subscribe('undici:request:create', one);
subscribe('http.client.request.start', one);
process.on('exit', () => {
  if (process.env.COUNT_REQUESTS_IN) writeFileSync(process.env.COUNT_REQUESTS_IN, String(count));
});
