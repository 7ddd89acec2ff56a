import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core';
import { launchChromium } from './chromium.ts';

let launched: Promise<Browser> | undefined;

/**
 * The browser of all tests in this process. It starts once and ends with the process.
 */
export function sharedBrowser(): Promise<Browser> {
  launched ??= start();
  return launched;
}

async function start(): Promise<Browser> {
  const browser = await launchChromium();
  // After a crash, the next test gets another one.
  browser.once('disconnected', () => {
    launched = undefined;
  });
  return browser;
}

/**
 * A separate context for a test, with its own cookies and storage. The test closes it.
 *
 * @example
 * const context = await openContext({ ignoreHTTPSErrors: true });
 * await context.close();
 */
export async function openContext(options?: BrowserContextOptions): Promise<BrowserContext> {
  const context = await (await sharedBrowser()).newContext(options);
  // A limit ends a test that hangs. It does not measure how fast a page is.
  context.setDefaultTimeout(120_000);
  return context;
}
