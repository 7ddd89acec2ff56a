import { afterEach, expect, it, vi } from 'vitest';
import { LoginBudget } from '../../src/action/login-budget.ts';

afterEach(() => vi.useRealTimers());

it('waits no longer than its limit for work that never ends', async () => {
  vi.useFakeTimers();
  const budget = new LoginBudget();
  const over = expect(budget.spend(new Promise(() => undefined), 30)).rejects.toMatchObject({ reason: 'time_over' });
  await vi.advanceTimersByTimeAsync(29);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await over;
  expect(budget.elapsed()).toBe(30);
});

it("returns the work's result, and throws its error", async () => {
  const budget = new LoginBudget();
  expect(await budget.spend(Promise.resolve(7))).toBe(7);
  await expect(budget.spend(Promise.reject(new Error('no')))).rejects.toThrow('no');
});

it('affords work within 4 seconds, and allows a request a little less than the remaining time', () => {
  vi.useFakeTimers();
  const budget = new LoginBudget();
  expect([0, 3500, 4000].map((ms) => budget.affords(ms))).toEqual([true, true, false]);
  expect(budget.limit(1500)).toBe(1500);
  expect(budget.limit(5000)).toBe(3975);
});
