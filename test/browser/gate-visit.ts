import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, inject } from 'vitest';
import type { StandInEvent } from '../../src/apex/stand-in/stand-in-event.ts';
import type { Person } from '../../src/cli/dev/cast.ts';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { openContext } from './shared-browser.ts';

type GateOptions = Omit<Parameters<typeof startLocalGate>[0], 'tenantPort' | 'loopbackPort' | 'standInPort'>;

/** Somebody with a browser, new for each test, and a gate that the test starts. */
export interface GateVisit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly gate: LocalGate;
  /** What the stand-in has told since it was started. */
  readonly events: readonly StandInEvent[];
  start(options: GateOptions): Promise<LocalGate>;
  person(name: string): Person;
  /** @param who somebody of the cast, or an account as it is */
  fillIn(who: string | Person): Promise<void>;
  /** From the application's home page, up to the click. */
  signIn(who: string | Person): Promise<void>;
}

/**
 * Starts Chromium for the tests of a `describe`, and closes it and each test's gate.
 *
 * @example
 * const visit = visitGate();
 * it('lets Una in', async () => {
 *   await visit.start({ policy });
 *   await visit.signIn('Una');
 * });
 */
export function visitGate(): GateVisit {
  let context: BrowserContext;
  let page: Page;
  let gate: LocalGate | undefined;
  let events: StandInEvent[];
  beforeEach(async () => {
    events = [];
    context = await openContext();
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await gate?.close();
    gate = undefined;
  });
  const started = (): LocalGate => {
    if (gate === undefined) throw new Error('The test has not started a gate.');
    return gate;
  };
  return {
    get page() {
      return page;
    },
    get context() {
      return context;
    },
    get gate() {
      return started();
    },
    get events() {
      return events;
    },
    async start(options) {
      const onStandInEvent = (event: StandInEvent) => void events.push(event);
      const ports = { tenantPort: 0, loopbackPort: 0, standInPort: 0 };
      gate = await startLocalGate({ onStandInEvent, keys: inject('tenantKeys'), ...options, ...ports });
      return gate;
    },
    person(name) {
      const found = started().cast.find((one) => one.name === name);
      if (found === undefined) throw new Error(`Nobody is called ${name}.`);
      return found;
    },
    async fillIn(who) {
      const { email, password = '' } = typeof who === 'string' ? this.person(who) : who;
      await page.fill('input[name=username]', email);
      await page.fill('input[name=password]', password);
    },
    async signIn(who) {
      await page.goto(started().standIn.homeUrl);
      await this.fillIn(who);
      // What a script written for Auth0's own login page clicks.
      await page.click('button[name=action][value=default]');
    },
  };
}
