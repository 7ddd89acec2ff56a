import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type OpenConsole, openConsole } from './console-in-browser.ts';
import { type ConsoleSnapshot, takeSnapshot } from './console-snapshot.ts';

/**
 * Opens a console for the tests of the `describe`, which each get it as it was when it opened. A test fails if its browser reported an
 * error. Not restored: scripts that a test adds to the page, and the policy of a gate. A test that changes those needs its own console.
 *
 * @returns a proxy for the console
 * @example
 * const console = consoleForEachTest();
 * it('lists users', async () => { await console.open('users'); });
 */
export function consoleForEachTest(): OpenConsole;
export function consoleForEachTest<Opened extends OpenConsole>(open: () => Promise<Opened>): Opened;
export function consoleForEachTest(open: () => Promise<OpenConsole> = openConsole): OpenConsole {
  let opened: OpenConsole | undefined;
  let snapshot: ConsoleSnapshot | undefined;
  let used = false;
  beforeAll(async () => {
    opened = await open();
    snapshot = await takeSnapshot(opened);
  });
  beforeEach(async () => {
    if (used) await snapshot?.restore();
    used = true;
  });
  afterEach(() => {
    expect(opened?.browserErrors).toEqual([]);
  });
  afterAll(async () => {
    await opened?.close();
  });
  return new Proxy({} as OpenConsole, {
    get(_, name) {
      if (opened === undefined) throw new Error('No test is running.');
      return Reflect.get(opened, name);
    },
  });
}
