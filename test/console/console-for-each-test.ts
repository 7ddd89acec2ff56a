import { afterEach, beforeEach, expect } from 'vitest';
import { type OpenConsole, openConsole } from './console-in-browser.ts';

/**
 * Opens a console before each test of the `describe`, and closes it afterwards. A test fails if its browser reported an error.
 *
 * @returns a proxy for the console of the running test
 * @example
 * const console = consoleForEachTest();
 * it('lists users', async () => { await console.open('users'); });
 */
export function consoleForEachTest(): OpenConsole;
export function consoleForEachTest<Opened extends OpenConsole>(open: () => Promise<Opened>): Opened;
export function consoleForEachTest(open: () => Promise<OpenConsole> = openConsole): OpenConsole {
  let opened: OpenConsole | undefined;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(async () => {
    const browserErrors = opened?.browserErrors;
    await opened?.close();
    opened = undefined;
    expect(browserErrors).toEqual([]);
  });
  return new Proxy({} as OpenConsole, {
    get(_, name) {
      if (opened === undefined) throw new Error('No test is running.');
      return Reflect.get(opened, name);
    },
  });
}
