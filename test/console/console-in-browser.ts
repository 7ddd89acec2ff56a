import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ManagementClient } from 'auth0';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { loadConsoleSite } from '../../src/cli/console/load-console-site.ts';
import type { Tenant, TenantOptions } from '../../src/tenant/tenant.ts';
import { openContext } from '../browser/shared-browser.ts';
import { type LocalTenant, startLocalTenant } from '../local-tenant.ts';
import { openSession } from './open-session.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A tenant with a console, open in a browser, with its administrator signed in. */
export interface OpenConsole {
  readonly tenant: Tenant;
  readonly management: ManagementClient;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors in the browser: violations of the Content Security Policy, and exceptions of scripts. */
  readonly browserErrors: string[];
  /** Takes a picture for the documentation, if `npm run pictures` runs the tests. */
  picture(name: string, options?: PictureOptions): Promise<void>;
  /** Goes to a screen by its address, as the browser's own buttons do: the page of the console stays. */
  open(path: string): Promise<void>;
  /** Loads the page of a screen by its address. */
  load(path: string): Promise<void>;
  /** Checks the page with axe in each view, and that it is not wider than the window; light and dark, wide and narrow unless set. */
  checkAppearance(name: string, views?: readonly View[]): Promise<void>;
  close(): Promise<void>;
}

export async function openConsole(options: Partial<TenantOptions> = {}): Promise<OpenConsole> {
  return openConsoleOf(await startLocalTenant({ console: { site: loadConsoleSite }, ...options }));
}

/** Opens the console of a running tenant. Closing it closes the tenant. */
export async function openConsoleOf({ tenant, management }: LocalTenant): Promise<OpenConsole> {
  const context = await openContext({ viewport: WIDE, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const browserErrors: string[] = [];
  // The screens report responses with 4xx themselves.
  const isAnswer = (text: string) =>
    text.startsWith('Failed to load resource: the server responded with a status of 4');
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message.text())) browserErrors.push(message.text());
  });
  page.on('pageerror', (error) => browserErrors.push(String(error)));
  await openSession(page, tenant, consoleOf(tenant));
  const addressOf = (path: string) => `${consoleOf(tenant).url}/${path}`;
  const load = async (path: string) => {
    await page.goto(addressOf(path));
    // The page has a heading before the console is in it.
    await page.locator('.shell main h1').waitFor();
  };
  await page.getByRole('navigation', { name: 'Screens' }).waitFor({ state: 'attached' });
  const axe = await openAxe(page);
  return {
    tenant,
    management,
    context,
    page,
    browserErrors,
    load,
    open: async (path) => {
      const address = addressOf(path);
      // A screen at the same address would not read its data again.
      if (page.url() === address) return await load(path);
      const event = `history.pushState(null, '', ${JSON.stringify(address)}); dispatchEvent(new PopStateEvent('popstate'))`;
      await page.evaluate(event);
      await page.locator('main h1').waitFor();
    },
    checkAppearance: (name, views = usualViews) => checkAppearance(page, axe, name, views),
    picture: (name, options) => picture(page, name, options),
    async close() {
      await context.close();
      await tenant.close();
    },
  };
}

export function consoleOf(tenant: Tenant): NonNullable<Tenant['console']> {
  if (tenant.console === undefined) throw new Error('The tenant has no console.');
  return tenant.console;
}

/** Signs the administrator in through the login page. */
export async function signIn(page: Page, tenant: Tenant): Promise<void> {
  const { url, email, password } = consoleOf(tenant);
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((address) => address.pathname === '/u/login');
  await typeIn(page, { email, password });
  await page.getByRole('navigation', { name: 'Screens' }).waitFor({ state: 'attached' });
}

/** Fills in and submits the tenant's login page. */
export async function typeIn(page: Page, user: { email: string; password: string }): Promise<void> {
  await page.fill('input[name=username]', user.email);
  await page.fill('input[name=password]', user.password);
  await page.click('button[name=action][value=default]');
}

/**
 * Releases the mouse button, and waits until a click reaches its target again: for some time after a drop dnd-kit takes each click
 * for a part of it.
 */
export async function drop(page: Page): Promise<void> {
  await page.mouse.up();
  await page.evaluate(`new Promise((resolve) => {
    const target = document.body.appendChild(document.createElement('i'));
    let timer;
    target.addEventListener('click', (event) => {
      event.stopPropagation();
      clearInterval(timer);
      target.remove();
      resolve();
    });
    timer = setInterval(() => target.click(), 5);
  })`);
}

/** The access token that a tab stores. */
export async function tokenInTab(page: Page): Promise<string> {
  const stored = JSON.parse(String(await page.evaluate('JSON.stringify(Object.values(sessionStorage))'))) as string[];
  const session = stored.find((value) => value.includes('accessToken'));
  if (session === undefined) throw new Error('No user is signed in in this tab.');
  return (JSON.parse(session) as { accessToken: string }).accessToken;
}

interface PictureOptions {
  readonly dark?: boolean;
  readonly narrow?: boolean;
  /** Includes the part of the page below the window. */
  readonly whole?: boolean;
}

/** Size of the window, unless a test changes it. */
export const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

/** How a page is looked at. */
export interface View {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
  readonly forcedColors?: 'active';
}

const usualViews: readonly View[] = [WIDE, NARROW].flatMap((viewport) => [
  { viewport, colorScheme: 'light' } as const,
  { viewport, colorScheme: 'dark' } as const,
]);

/** The placeholders of content that is loading. The page of parts has one that only shows how it looks, and never ends. */
export const LOADING = '.loading:not(.specimen-loading)';

/** Runs axe on the current document. */
type Axe = (options: object) => Promise<Appearance>;

interface Appearance {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
  /** Number of pixels by which the page is wider than the window. */
  readonly overflow: number;
}

/** Axe enters each document once, through the debugger protocol, which the page's Content Security Policy does not restrict. */
async function openAxe(page: Page): Promise<Axe> {
  const protocol = await page.context().newCDPSession(page);
  return async (options) => {
    if ((await page.evaluate('typeof axe')) === 'undefined') {
      await protocol.send('Runtime.evaluate', { expression: axeSource, silent: true });
    }
    return (await page.evaluate(`axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return { violations, overflow: scrollWidth - clientWidth };
    })`)) as Appearance;
  };
}

/**
 * In forced colours, axe takes the author's colour for the text: it reads `-webkit-text-fill-color`, which Chromium reports without the forced
 * colours. `color` is as it is painted.
 */
const paintedTextColors = `{
  const elements = [...document.querySelectorAll('body *')];
  const colors = elements.map((element) => getComputedStyle(element).color);
  for (const [index, element] of elements.entries()) element.style?.setProperty('-webkit-text-fill-color', colors[index]);
}`;
const ownTextColors = `
  for (const element of document.querySelectorAll('body *')) element.style?.removeProperty('-webkit-text-fill-color');
`;

async function checkAppearance(page: Page, axe: Axe, name: string, views: readonly View[]): Promise<void> {
  // Wait until everything is loaded.
  await expect.poll(() => page.locator(LOADING).count(), { message: `${name} is still loading` }).toBe(0);
  for (const { viewport, colorScheme, forcedColors = 'none' } of views) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, forcedColors, reducedMotion: 'reduce' });
    const variant = `${name}, ${colorScheme}, forced colours ${forcedColors}, ${viewport.width} wide`;
    // Only colours differ between light and dark, and these rules are the ones about colours.
    const runOnly = (colorScheme === 'dark' || forcedColors === 'active') && {
      runOnly: ['color-contrast', 'link-in-text-block'],
    };
    if (forcedColors === 'active') await page.evaluate(paintedTextColors);
    const { violations, overflow } = await axe({ ...runOnly, resultTypes: ['violations'] });
    if (forcedColors === 'active') await page.evaluate(ownTextColors);
    await pictureOfView(page, `${name}-${viewport.width}-${colorScheme}${forcedColors === 'active' ? '-forced' : ''}`);
    const findings = violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
    expect(findings, variant).toEqual([]);
    expect(overflow, `${variant}: the page is wider than the window`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
}

async function picture(page: Page, name: string, options: PictureOptions = {}): Promise<void> {
  if (process.env.PORTCULLIS_PICTURES !== '1') return;
  await page.setViewportSize(options.narrow ? { width: 400, height: 760 } : { width: 1200, height: 760 });
  await page.emulateMedia({ colorScheme: options.dark ? 'dark' : 'light' });
  await page.evaluate('scrollTo(0, 0)');
  const path = fileURLToPath(new URL(`../../docs/pictures/console-${name}.png`, import.meta.url));
  // Animations are shown at their end.
  await page.screenshot({ path, fullPage: options.whole === true, animations: 'disabled' });
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Takes a picture of a page in one view, to look at: `npm run pictures` puts them into a folder that is not committed. */
async function pictureOfView(page: Page, name: string): Promise<void> {
  if (process.env.PORTCULLIS_PICTURES !== '1') return;
  const file = `${name.replace(/[^\w-]+/g, '-')}.png`;
  const path = fileURLToPath(new URL(`../../pictures/${file}`, import.meta.url));
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
}
