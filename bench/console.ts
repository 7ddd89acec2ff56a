// Time until a browser paints the console, compared with a nearly empty page of the same tenant.
import type { Browser } from 'playwright-core';
import { buildSite } from '../src/cli/console/build-site.ts';
import { loadConsoleSite } from '../src/cli/console/load-console-site.ts';
import { startTenant } from '../src/tenant/tenant.ts';
import { launchChromium } from '../test/browser/chromium.ts';
import { report } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 15;

await loadConsoleSite();
const tenant = await startTenant({ port: 0, loopbackPort: 0, console: { site: loadConsoleSite } });
const browser = await launchChromium();
try {
  const pages = { empty: tenant.loopbackUrl, console: tenant.console?.url ?? '' };
  const times = { empty: [] as number[], console: [] as number[] };
  const usable: number[] = [];
  // Pages take turns, so that a slow moment of the machine affects both. The first round warms the browser up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of ['empty', 'console'] as const) {
      const { paint, button } = await open(browser, pages[name], name === 'console');
      if (round === 0) continue;
      times[name].push(paint);
      if (name === 'console') usable.push(button);
    }
  }
  const built: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now();
    await buildSite('src/console/main.tsx');
    built.push(performance.now() - began);
  }
  report('The console in a fresh browser', [
    ['first paint of an empty page', `${median(times.empty).toFixed(0)} ms`],
    ['first paint of the console', `${median(times.console).toFixed(0)} ms`],
    ['ratio', (median(times.console) / median(times.empty)).toFixed(2)],
    ['its sign-in can be clicked', `${median(usable).toFixed(0)} ms`],
    ['building it from source', `${median(built).toFixed(0)} ms`],
  ]);
} finally {
  await browser.close();
  await tenant.close();
}

/** Milliseconds from the navigation to the first text on the screen, and to the console's button. */
async function open(browser: Browser, address: string, hasButton: boolean): Promise<{ paint: number; button: number }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(`new MutationObserver(() => {
    if (document.querySelector('button.primary')) globalThis.clickable ??= performance.now();
  }).observe(document, { subtree: true, childList: true })`);
  await page.goto(address);
  await page.locator(hasButton ? 'button.primary' : 'h1').waitFor();
  const paint = await page.evaluate(`new Promise((resolve) => new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
  }).observe({ type: 'paint', buffered: true }))`);
  const button = await page.evaluate('globalThis.clickable');
  await context.close();
  return { paint: Number(paint), button: Number(button) };
}
