import { expect, it } from 'vitest';
import { LoginBudget } from '../../src/action/login-budget.ts';

it('waits no longer than it is told for work that never ends', async () => {
  const budget = new LoginBudget();
  await expect(budget.spend(new Promise(() => undefined), 30)).rejects.toMatchObject({ reason: 'time_over' });
  expect(budget.elapsed()).toBeGreaterThanOrEqual(28);
});

it('gives what the work gives, and its error', async () => {
  const budget = new LoginBudget();
  expect(await budget.spend(Promise.resolve(7))).toBe(7);
  await expect(budget.spend(Promise.reject(new Error('no')))).rejects.toThrow('no');
});

it('affords what fits into 4 seconds, and lets a request take a little less than what is left', () => {
  const budget = new LoginBudget();
  expect([0, 3500, 4000].map((ms) => budget.affords(ms))).toEqual([true, true, false]);
  expect(budget.limit(1500)).toBe(1500);
  expect(budget.limit(5000)).toBeLessThan(3980);
});
