import { flushCompileCache } from 'node:module';
import { afterAll } from 'vitest';

// Vitest stops its processes by a signal, but Node writes compiled code only when a process ends by itself.
afterAll(() => flushCompileCache());
