import { expect, it, vi } from 'vitest';
import { shiftedDate } from '../../src/tenant/actions/sandbox/shifted-date.ts';

const AHEAD = 31 * 24 * 60 * 60 * 1000;
const isAhead = (time: number) => Math.abs(time - Date.now() - AHEAD) < 60_000;

it('is ahead, and is a Date in everything else', () => {
  const Shifted = shiftedDate(Date, () => AHEAD);
  expect(isAhead(Shifted.now())).toBe(true);
  expect(isAhead(new Shifted().getTime())).toBe(true);
  expect(isAhead(Date.parse((Shifted as unknown as () => string)()))).toBe(true);
  expect(new Shifted(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
  expect(new Shifted(2026, 0, 2).getDate()).toBe(2);
  expect(Shifted.UTC(1970, 0)).toBe(0);
  expect(Shifted.parse('1970-01-01T00:00:00Z')).toBe(0);
  expect([Shifted.name, Shifted.length]).toEqual(['Date', 7]);
  expect(new Shifted()).toBeInstanceOf(Date);
  expect(new Date()).toBeInstanceOf(Shifted);
  expect(Object.prototype.toString.call(new Shifted())).toBe('[object Date]');
});

it('is the base of classes', () => {
  const Shifted = shiftedDate(Date, () => AHEAD);
  class Day extends Shifted {
    get day() {
      return this.toISOString().slice(0, 10);
    }
  }
  expect(new Day(0).day).toBe('1970-01-01');
  expect(isAhead(new Day().getTime())).toBe(true);
  expect(new Day()).toBeInstanceOf(Day);
});

it('may have its `now` replaced, as tests do, without changing the original', () => {
  const Shifted = shiftedDate(Date, () => AHEAD);
  const { now } = Shifted;
  Shifted.now = () => now() + AHEAD;
  expect(isAhead(Shifted.now() - AHEAD)).toBe(true);
  expect(isAhead(Date.now() + AHEAD)).toBe(true);
  Shifted.now = now;
  expect(isAhead(Shifted.now())).toBe(true);
  const spy = vi.spyOn(Shifted, 'now').mockReturnValue(5);
  expect(Shifted.now()).toBe(5);
  spy.mockRestore();
  expect(isAhead(Shifted.now())).toBe(true);
});

it('may lend its `now` to the original', () => {
  const original = shiftedDate(Date, () => 0);
  const Shifted = shiftedDate(original, () => AHEAD);
  // A test that restores `Date.now` after the clocks are gone restores it on another `Date` than it took it from.
  original.now = Shifted.now;
  expect(isAhead(original.now())).toBe(true);
  expect(isAhead(Shifted.now())).toBe(true);
});
