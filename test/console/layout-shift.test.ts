import type { Page, Request } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../until.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { openGate } from './gate-in-browser.ts';

/** Threshold of a good score; above it users click the wrong element. Source: web.dev, "Cumulative Layout Shift". */
const good = 0.1;

describe('the screens of the console', () => {
  const console = consoleForEachTest(openGate);

  it('do not move while they load', async () => {
    const { page, gate } = console;
    const pending = new Set<Request>();
    page.on('request', (request) => pending.add(request));
    page.on('requestfinished', (request) => pending.delete(request));
    page.on('requestfailed', (request) => pending.delete(request));
    const script = await page.addInitScript(`
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shift += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    `);
    onTestFinished(() => script.dispose());
    const [action] = (await console.management.actions.list()).data;
    const [user] = await console.management.users.listUsersByEmail({ email: gate.cast[0]?.email ?? '' });
    const shifts: Record<string, number> = {};
    for (const path of [
      'applications',
      `applications/${gate.clientId}`,
      'apis',
      'users',
      `users/${encodeURIComponent(user?.user_id ?? '')}`,
      'roles',
      'actions/library',
      `actions/library/${action?.id}`,
      'actions/triggers/post-login',
      'logs',
      'settings',
      'try',
      'gate',
      'outbox',
    ]) {
      await console.load(path);
      await until(async () => (await page.locator('.loading').count()) === 0 && pending.size === 0);
      shifts[path] = await shiftAtRest(page);
    }
    expect(Object.entries(shifts).filter(([, shift]) => shift >= good)).toEqual([]);
  });

  it('begin at their top when the menu opens them', async () => {
    const { page } = console;
    await page.setViewportSize({ width: 1280, height: 400 });
    await console.open('applications');
    const links = page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
    const positions: Record<string, number> = {};
    for (const name of await links.allTextContents()) {
      await links.getByText(name, { exact: true }).click();
      await page.locator('main h1').waitFor();
      await expect.poll(() => page.locator('.loading').count()).toBe(0);
      positions[name] = Number(await page.evaluate('scrollY'));
    }
    expect(Object.entries(positions).filter(([, position]) => position > 0)).toEqual([]);
    expect(Object.keys(positions).length).toBeGreaterThan(8);
  });
});

/** Reads how much the page has moved, once its fonts are loaded and it has not moved for two frames. */
async function shiftAtRest(page: Page): Promise<number> {
  return Number(
    await page.evaluate(`document.fonts.ready.then(() => new Promise((resolve) => {
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
