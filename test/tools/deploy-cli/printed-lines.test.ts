import { expect, it } from 'vitest';
import { printedLines } from './printed-lines.ts';

it('is the same, regardless of how long an Action takes to be built', () => {
  const quick = '2026-01-01T00:00:00.000Z - info: Deployed [actions]\n';
  const waiting = '2026-01-01T00:00:00.000Z - info: [actions]: Waiting for build to complete {"name":"Gate"}\n';
  const names = { folder: '/the/folder', domain: 'tenant.test' };
  expect(printedLines(waiting + quick, names)).toBe(printedLines(quick, names));
  expect(printedLines(quick, names)).toBe('TIME - info: Deployed [actions]\n');
});
