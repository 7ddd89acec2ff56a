import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest';
import type { StandInEvent } from '../../src/apex/stand-in/stand-in-event.ts';
import type { Person } from '../../src/cli/dev/cast.ts';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { openContext } from './shared-browser.ts';

type GateOptions = Omit<Parameters<typeof startLocalGate>[0], 'tenantPort' | 'loopbackPort' | 'standInPort'>;

/** A browser context, new for each test, and a gate. */
export interface GateVisit {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly gate: LocalGate;
  /** Events of the stand-in since the test began. */
  readonly events: readonly StandInEvent[];
  /** Starts the gate of the test, unless all tests of the `describe` share one. */
  start(options: GateOptions): Promise<LocalGate>;
  person(name: string): Person;
  /** @param user name of a person of the cast, or an account */
  fillIn(user: string | Person): Promise<void>;
  /** Signs in from the application's home page. Does not wait for the result. */
  signIn(user: string | Person): Promise<void>;
}

/**
 * Opens a browser context before each test of a `describe`. Closes it and the test's gate afterwards.
 *
 * @param shared options of one gate for all tests of the `describe`: none of them may change what another one sees
 * @example
 * const visit = visitGate();
 * it('lets Una in', async () => {
 *   await visit.start({ policy });
 *   await visit.signIn('Una');
 * });
 */
export function visitGate(shared?: GateOptions): GateVisit {
  let context: BrowserContext;
  let page: Page;
  let gate: LocalGate | undefined;
  let events: StandInEvent[] = [];
  const start = async (options: GateOptions): Promise<LocalGate> => {
    const onStandInEvent = (event: StandInEvent) => void events.push(event);
    const ports = { tenantPort: 0, loopbackPort: 0, standInPort: 0 };
    gate = await startLocalGate({ onStandInEvent, keys: inject('tenantKeys'), ...options, ...ports });
    return gate;
  };
  const close = async (): Promise<void> => {
    await gate?.close();
    gate = undefined;
  };
  if (shared !== undefined) {
    beforeAll(async () => {
      await start(shared);
    });
    afterAll(close);
  }
  beforeEach(async () => {
    events = [];
    context = await openContext();
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    if (shared === undefined) await close();
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
    start,
    person(name) {
      const found = started().cast.find((one) => one.name === name);
      if (found === undefined) throw new Error(`No person of the cast is called ${name}.`);
      return found;
    },
    async fillIn(user) {
      const { email, password = '' } = typeof user === 'string' ? this.person(user) : user;
      await page.fill('input[name=username]', email);
      await page.fill('input[name=password]', password);
    },
    async signIn(user) {
      await page.goto(started().standIn.homeUrl);
      await this.fillIn(user);
      // The button that a script for Auth0's own login page would click.
      await page.click('button[name=action][value=default]');
    },
  };
}
