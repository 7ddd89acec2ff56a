import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pollWhileVisible } from '../../src/console/management/poll-while-visible.ts';

class Page extends EventTarget {
  visibilityState = 'visible';

  show(visibilityState: 'visible' | 'hidden'): void {
    this.visibilityState = visibilityState;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const page = new Page();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  page.visibilityState = 'visible';
  vi.useRealTimers();
});

test('a visible page is polled, a hidden one is not, and one that is visible again at once', () => {
  const poll = vi.fn();
  const end = pollWhileVisible(page, poll);
  vi.advanceTimersByTime(30_000);
  expect(poll).toHaveBeenCalledTimes(3);
  page.show('hidden');
  vi.advanceTimersByTime(600_000);
  expect(poll).toHaveBeenCalledTimes(3);
  page.show('visible');
  expect(poll).toHaveBeenCalledTimes(4);
  page.show('visible');
  vi.advanceTimersByTime(10_000);
  expect(poll).toHaveBeenCalledTimes(5);
  end();
  page.show('hidden');
  page.show('visible');
  vi.advanceTimersByTime(30_000);
  expect(poll).toHaveBeenCalledTimes(5);
});

test('a page that opens hidden is polled when it becomes visible', () => {
  page.visibilityState = 'hidden';
  const poll = vi.fn();
  const end = pollWhileVisible(page, poll);
  vi.advanceTimersByTime(30_000);
  expect(poll).not.toHaveBeenCalled();
  page.show('visible');
  expect(poll).toHaveBeenCalledTimes(1);
  end();
});
