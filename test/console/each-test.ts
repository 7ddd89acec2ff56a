import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium } from '../browser/chromium.ts';
import { type OpenConsole, openConsole } from './console-in-browser.ts';

/**
 * One browser for the tests around it, and for each of them a console that is open and is closed again. The browser may have
 * complained of nothing.
 *
 * @returns stands for the console of the test that runs
 * @example
 * const console = consoleOfEachTest();
 * it('lists users', async () => { await console.open('users'); });
 */
export function consoleOfEachTest(): OpenConsole;
export function consoleOfEachTest<Opened extends OpenConsole>(open: (browser: Browser) => Promise<Opened>): Opened;
export function consoleOfEachTest(open: (browser: Browser) => Promise<OpenConsole> = openConsole): OpenConsole {
  let browser: Browser;
  let opened: OpenConsole | undefined;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    opened = await open(browser);
  });
  afterEach(async () => {
    const complaints = opened?.complaints;
    await opened?.close();
    opened = undefined;
    expect(complaints).toEqual([]);
  });
  return new Proxy({} as OpenConsole, {
    get(_, name) {
      if (opened === undefined) throw new Error('No test runs.');
      return Reflect.get(opened, name);
    },
  });
}
