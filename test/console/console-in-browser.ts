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

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A tenant with a console, open in a browser, with its administrator signed in. */
export interface OpenConsole {
  readonly tenant: Tenant;
  readonly management: ManagementClient;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Whatever the browser complained of: what its policy refused, what a script threw. */
  readonly complaints: string[];
  /** A picture for the documentation, where `npm run pictures` asks for them. */
  picture(name: string, how?: Picture): Promise<void>;
  /** Goes to a screen by its address. */
  open(path: string): Promise<void>;
  /** Looks at the page with axe in light and dark, wide and narrow, and for anything that does not fit the width. */
  looksRight(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function openConsole(options: Partial<TenantOptions> = {}): Promise<OpenConsole> {
  return openConsoleOf(await startLocalTenant({ console: { site: loadConsoleSite }, ...options }));
}

/** The console of a tenant that is there. Closing it closes the tenant. */
export async function openConsoleOf({ tenant, management }: LocalTenant): Promise<OpenConsole> {
  const context = await openContext({ viewport: WIDE, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const complaints: string[] = [];
  // That a request was answered with 4xx is for the screen to tell.
  const isAnswer = (text: string) =>
    text.startsWith('Failed to load resource: the server responded with a status of 4');
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await signIn(page, tenant);
  return {
    tenant,
    management,
    context,
    page,
    complaints,
    open: async (path) => {
      await page.goto(`${consoleOf(tenant).url}/${path}`);
      await page.locator('main h1').waitFor();
    },
    looksRight: (name) => looksRight(page, name),
    picture: (name, how) => picture(page, name, how),
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

/** Signs the administrator in, as a person does. */
export async function signIn(page: Page, tenant: Tenant): Promise<void> {
  const { url, email, password } = consoleOf(tenant);
  await page.goto(url);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL((address) => address.pathname === '/u/login');
  await typeIn(page, { email, password });
  await page.getByRole('navigation', { name: 'Screens' }).waitFor({ state: 'attached' });
}

/** Types into the tenant's login page. */
export async function typeIn(page: Page, who: { email: string; password: string }): Promise<void> {
  await page.fill('input[name=username]', who.email);
  await page.fill('input[name=password]', who.password);
  await page.click('button[name=action][value=default]');
}

/**
 * Lets go of what is dragged. For 50 ms from then on dnd-kit takes a click for the drop's own; a timer that is set later, for longer,
 * ends later, however slow the machine.
 */
export async function drop(page: Page): Promise<void> {
  await page.mouse.up();
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 60))');
}

/** The access token in a tab's keeping. */
export async function tokenInTab(page: Page): Promise<string> {
  const kept = JSON.parse(String(await page.evaluate('JSON.stringify(Object.values(sessionStorage))'))) as string[];
  const session = kept.find((value) => value.includes('accessToken'));
  if (session === undefined) throw new Error('Nobody is signed in in this tab.');
  return (JSON.parse(session) as { accessToken: string }).accessToken;
}

interface Picture {
  readonly dark?: boolean;
  readonly narrow?: boolean;
  /** With what is below the window. */
  readonly whole?: boolean;
}

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 740 };

async function looksRight(page: Page, name: string): Promise<void> {
  // Where nothing is read any more.
  await expect.poll(() => page.locator('.loading').count(), { message: `${name} is still loading` }).toBe(0);
  for (const viewport of [WIDE, NARROW]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const where = `${name}, ${colorScheme}, ${viewport.width} wide`;
      // By the protocol of the debugger: the page's policy has no say in it.
      if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeSource);
      const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
        violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
      };
      const findings = found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      );
      expect(findings, where).toEqual([]);
      const overflow = await page.evaluate(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow, `${where}: something is wider than the page`).toBeLessThanOrEqual(0);
    }
  }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function picture(page: Page, name: string, how: Picture = {}): Promise<void> {
  if (process.env.PORTCULLIS_PICTURES !== '1') return;
  await page.setViewportSize(how.narrow ? { width: 400, height: 760 } : { width: 1200, height: 760 });
  await page.emulateMedia({ colorScheme: how.dark ? 'dark' : 'light' });
  await page.evaluate('scrollTo(0, 0)');
  const path = fileURLToPath(new URL(`../../docs/pictures/console-${name}.png`, import.meta.url));
  await page.screenshot({ path, fullPage: how.whole === true });
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: 'light' });
}
