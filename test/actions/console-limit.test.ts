import { expect, test } from 'vitest';
import { markTruncated } from '../../src/tenant/actions/run/console-limit.ts';
import { handler, tenantWithActions } from './tenant-with-actions.ts';

const lines = (...lengths: number[]) =>
  lengths.map((length) => ({ level: 'log' as const, text: 'x'.repeat(length), at: '' }));

test.each([
  [[], []],
  [[256], [undefined]],
  [[257], [256]],
  // The line's end counts as a character.
  [
    [255, 1],
    [undefined, 0],
  ],
  [
    [200, 55, 10],
    [undefined, undefined, 0],
  ],
  [
    [200, 60, 10],
    [undefined, 55, 0],
  ],
  [
    [256, 0, 3],
    [undefined, 0, 0],
  ],
])('of lines of %j characters Auth0 keeps %j', (lengths, kept) => {
  expect(markTruncated(lines(...lengths)).map((line) => line.kept)).toEqual(kept);
  expect(markTruncated(lines(...lengths)).map(({ text }) => text.length)).toEqual(lengths);
});

test('an execution has all lines, and marks those that Auth0 would not keep', async () => {
  const tenant = await tenantWithActions();
  await tenant.bound(handler(`console.log('a'.repeat(250)); console.log('b'.repeat(100)); console.log('c');`));
  const [result] = tenant.results(await tenant.login());
  expect(result?.console).toEqual([
    { level: 'log', text: 'a'.repeat(250), at: expect.any(String) },
    { level: 'log', text: 'b'.repeat(100), at: expect.any(String), kept: 5 },
    { level: 'log', text: 'c', at: expect.any(String), kept: 0 },
  ]);
  await tenant.close();
});
