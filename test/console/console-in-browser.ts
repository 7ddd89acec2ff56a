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
  /** Goes to a screen by its address. */
  open(path: string): Promise<void>;
  /** Checks the page with axe in light and dark, wide and narrow, and that it is not wider than the window. */
  checkAppearance(name: string): Promise<void>;
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
  await page.getByRole('navigation', { name: 'Screens' }).waitFor({ state: 'attached' });
  return {
    tenant,
    management,
    context,
    page,
    browserErrors,
    open: async (path) => {
      await page.goto(`${consoleOf(tenant).url}/${path}`);
      await page.locator('main h1').waitFor();
    },
    checkAppearance: (name) => checkAppearance(page, name),
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
 * Releases the mouse button. For the next 50 ms dnd-kit takes a click for a part of the drop. A timer that is set later and runs
 * longer ends later, even on a slow machine.
 */
export async function drop(page: Page): Promise<void> {
  await page.mouse.up();
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 60))');
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

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

async function checkAppearance(page: Page, name: string): Promise<void> {
  // Wait until everything is loaded.
  await expect.poll(() => page.locator('.loading').count(), { message: `${name} is still loading` }).toBe(0);
  for (const viewport of [WIDE, NARROW]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const variant = `${name}, ${colorScheme}, ${viewport.width} wide`;
      // Through the debugger protocol, which the page's Content Security Policy does not restrict.
      if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeSource);
      // Only colours differ between light and dark, and these rules are the ones about colours.
      const rules = colorScheme === 'dark' ? 'runOnly: ["color-contrast", "link-in-text-block"], ' : '';
      const found = (await page.evaluate(`axe.run(document, { ${rules}resultTypes: ["violations"] })`)) as {
        violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
      };
      const findings = found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      );
      expect(findings, variant).toEqual([]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, `${variant}: the page is wider than the window`).toBeLessThanOrEqual(0);
    }
  }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function picture(page: Page, name: string, options: PictureOptions = {}): Promise<void> {
  if (process.env.PORTCULLIS_PICTURES !== '1') return;
  await page.setViewportSize(options.narrow ? { width: 400, height: 760 } : { width: 1200, height: 760 });
  await page.emulateMedia({ colorScheme: options.dark ? 'dark' : 'light' });
  await page.evaluate('scrollTo(0, 0)');
  const path = fileURLToPath(new URL(`../../docs/pictures/console-${name}.png`, import.meta.url));
  await page.screenshot({ path, fullPage: options.whole === true });
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
}
