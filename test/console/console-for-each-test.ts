import { afterEach, beforeEach, expect } from 'vitest';
import { type OpenConsole, openConsole } from './console-in-browser.ts';

/**
 * Opens a console for each of the tests around it, and closes it again. A test fails if its browser complained of something.
 *
 * @returns stands for the console of the test that runs
 * @example
 * const console = consoleOfEachTest();
 * it('lists users', async () => { await console.open('users'); });
 */
export function consoleOfEachTest(): OpenConsole;
export function consoleOfEachTest<Opened extends OpenConsole>(open: () => Promise<Opened>): Opened;
export function consoleOfEachTest(open: () => Promise<OpenConsole> = openConsole): OpenConsole {
  let opened: OpenConsole | undefined;
  beforeEach(async () => {
    opened = await open();
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
