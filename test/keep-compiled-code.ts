import { flushCompileCache } from 'node:module';
import { afterAll } from 'vitest';

// Vitest ends its processes by a signal, and Node writes what it compiled when a process ends by itself.
afterAll(() => flushCompileCache());
