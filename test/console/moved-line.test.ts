import { expect, it } from 'vitest';
import { movedLine } from '../../src/console/editor/moved-line.ts';

it.each([
  ['one\ntwo\nthree', 'one\ntwo\nthree', 2, 2],
  ['one\ntwo\nthree', 'zero\none\ntwo\nthree', 2, 3],
  ['one\ntwo\nthree', 'two\nthree', 2, 1],
  ['one\ntwo\nthree', 'one\ntwo\nmore\nthree', 2, 2],
  ['one\ntwo\nthree', 'one\n2\nthree', 2, undefined],
  ['one\ntwo\nthree', 'one\nthree', 2, undefined],
  ['one\ntwo\nthree', '', 2, undefined],
  ['x\nx\nx', 'x\nx', 3, undefined],
  ['one', 'one', 7, undefined],
])('in %j and then %j, line %i is line %j', (before, after, line, expected) => {
  expect(movedLine(before, after, line)).toBe(expected);
});
