import type { Page, Request } from 'playwright-core';
import { until } from '../until.ts';
import { LOADING } from './console-in-browser.ts';

/** Threshold of a good score; above it users click the wrong element. Source: web.dev, "Cumulative Layout Shift". */
export const GOOD_SHIFT = 0.1;

/** The shifts of the pages that a tab loads. */
export interface ShiftMeter {
  /** How much the page has moved, once nothing is loading and it is at rest. */
  read(): Promise<number>;
  dispose(): void;
}

/**
 * Measures how much each page moves from its load on.
 *
 * @example
 * const shifts = measureShift(page);
 * await console.load('users');
 * expect(await shifts.read()).toBeLessThan(GOOD_SHIFT);
 */
export function measureShift(page: Page): ShiftMeter {
  const pending = new Set<Request>();
  const add = (request: Request) => pending.add(request);
  const remove = (request: Request) => pending.delete(request);
  page.on('request', add);
  page.on('requestfinished', remove);
  page.on('requestfailed', remove);
  return {
    async read() {
      await until(async () => (await page.locator(LOADING).count()) === 0 && pending.size === 0);
      return shiftAtRest(page);
    },
    dispose() {
      page.off('request', add);
      page.off('requestfinished', remove);
      page.off('requestfailed', remove);
    },
  };
}

/**
 * Reads how much the page has moved, once its fonts are loaded and it has not moved for two frames. The browser keeps the shifts since the
 * load: a script in the page from its beginning would be one in each preview too, which runs none.
 */
async function shiftAtRest(page: Page): Promise<number> {
  return Number(
    await page.evaluate(`document.fonts.ready.then(() => new Promise((resolve) => {
      if (globalThis.shift === undefined) {
        globalThis.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
      }
      let last = globalThis.shift;
      let still = 0;
      requestAnimationFrame(function look() {
        still = globalThis.shift === last ? still + 1 : 0;
        last = globalThis.shift;
        if (still > 2) resolve(last);
        else requestAnimationFrame(look);
      });
    }))`),
  );
}
