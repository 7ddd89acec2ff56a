// The console in a fresh browser: how many bytes its first screen loads, how soon it is painted compared with a nearly empty page of the same
// tenant, whether a list of many users scrolls with the screen, and how much the pages move while they load.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { buildSite } from '../src/cli/console/build-site.ts';
import { loadConsoleSite } from '../src/cli/console/load-console-site.ts';
import { startTenant, type Tenant } from '../src/tenant/tenant.ts';
import { launchChromium } from '../test/browser/chromium.ts';
import { openSession } from '../test/console/open-session.ts';
import { measureShift } from '../test/console/shift-in-browser.ts';
import { fillStore } from './fill-store.ts';
import { report } from './report.ts';
import { median, timed } from './statistics.ts';

const ROUNDS = 15;
const USERS = 100_000;
/** Frames that are counted while a list scrolls: ten seconds of a screen that shows 60 a second. */
const FRAMES = 600;
/** A frame this many milliseconds after the one before it is late: the screen has shown the earlier one twice. */
const LATE_MS = 25;
const SCREENS = ['overview', 'users', 'applications', 'actions/triggers/post-login', 'logs', 'try', 'settings'];
const viewport = { width: 1280, height: 800 };

const folder = mkdtempSync(join(tmpdir(), 'portcullis-bench-'));
const dataFolder = join(folder, 'data');
fillStore(dataFolder, { users: USERS, roles: 100 });
await loadConsoleSite();
const tenant = await startTenant({ port: 0, loopbackPort: 0, dataFolder, console: { site: loadConsoleSite } });
const browser = await launchChromium();
try {
  report('The first screen of the console', [['files, compressed', `${((await firstBytes()) / 1000).toFixed(0)} kB`]]);
  await reportPaint(browser, tenant);
  await reportScreens(browser, tenant);
  const built: number[] = [];
  for (let round = 0; round < 5; round += 1) built.push(await timed(() => buildSite('src/console/main.tsx')));
  report('The console in a checkout', [['building it from source', `${median(built).toFixed(0)} ms`]]);
} finally {
  await browser.close();
  await tenant.close();
  rmSync(folder, { recursive: true, force: true });
}

/** The scripts, the style sheet and the font that the page asks for at once, each compressed. */
async function firstBytes(): Promise<number> {
  const { files, script, preloaded, stylesheet } = await loadConsoleSite();
  const fonts = [...files.keys()].filter((name) => name.endsWith('.woff2'));
  const sizes = [script, stylesheet, ...preloaded, ...fonts].map(
    (name) => gzipSync(files.get(name)?.body ?? new Uint8Array()).length,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function reportPaint(browser: Browser, { loopbackUrl, console }: Tenant): Promise<void> {
  const pages = { empty: loopbackUrl, console: console?.url ?? '' };
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
  report('The console in a fresh browser', [
    ['first paint of an empty page', `${median(times.empty).toFixed(0)} ms`],
    ['first paint of the console', `${median(times.console).toFixed(0)} ms`],
    ['ratio', (median(times.console) / median(times.empty)).toFixed(2)],
    ['its sign-in can be clicked', `${median(usable).toFixed(0)} ms`],
  ]);
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

async function reportScreens(browser: Browser, tenant: Tenant): Promise<void> {
  const login = tenant.console;
  if (login === undefined) throw new Error('The tenant has no console.');
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await openSession(page, tenant, login);
  const shift = measureShift(page);
  const moved: number[] = [];
  for (const path of SCREENS) {
    await page.goto(`${login.url}/${path}`);
    await page.locator('main h1').waitFor();
    moved.push(await shift.read());
  }
  await page.goto(`${login.url}/users`);
  await page.getByText(`of ${USERS.toLocaleString('en')}`).waitFor();
  const gaps = await scroll(page);
  const late = gaps.filter((gap) => gap > LATE_MS).length;
  report(`The screens of the console, with ${USERS.toLocaleString('en')} users`, [
    ['largest layout shift of a screen', Math.max(...moved).toFixed(3), `of ${SCREENS.length} screens`],
    ['frames in time while the list scrolls', `${FRAMES - late} of ${FRAMES}`],
    ['frames a second', (1000 / median(gaps)).toFixed(0)],
  ]);
  await context.close();
}

/** Scrolls the page up and down, a part with each frame, and returns the milliseconds between the frames. */
async function scroll(page: Page): Promise<number[]> {
  return (await page.evaluate(`new Promise((resolve) => {
    const gaps = [];
    let step = 40;
    let last;
    requestAnimationFrame(function frame(now) {
      if (last !== undefined) gaps.push(now - last);
      last = now;
      if (gaps.length === ${FRAMES}) return resolve(gaps);
      const before = scrollY;
      scrollBy({ top: step, behavior: 'instant' });
      if (scrollY === before) step = -step;
      requestAnimationFrame(frame);
    });
  })`)) as number[];
}
