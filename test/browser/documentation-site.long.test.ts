// The documentation site as it is built, in a browser.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ServedSite, serveSite } from '../../scripts/site/serve-site.ts';
import { openContext } from './shared-browser.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the documentation site', () => {
  let site: ServedSite;
  let context: BrowserContext;
  let page: Page;
  let errors: string[];
  let elsewhere: string[];

  beforeAll(async () => {
    execFileSync('npm', ['run', 'site'], { cwd: resolve(import.meta.dirname, '../..'), stdio: 'pipe' });
    site = await serveSite(0);
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    errors = [];
    elsewhere = [];
    context = await openContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
    });
  });
  afterEach(async () => {
    await context.close();
    expect(errors).toEqual([]);
    expect(elsewhere).toEqual([]);
  });

  async function findings(): Promise<string[]> {
    if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(axeSource);
    const { violations } = (await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")) as {
      violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
    };
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
  }

  it('has a home page that leads on, and every link of its menu leads to a page', async () => {
    await page.goto(site.url);
    await page.getByRole('heading', { name: 'Portcullis', level: 1 }).waitFor();
    await page.getByRole('heading', { name: 'Three ways in' }).waitFor();
    const links = page.locator('#VPSidebarNav a');
    const addresses = await links.evaluateAll((all) => all.map((one) => String((one as { href?: unknown }).href)));
    expect(addresses.length).toBeGreaterThan(60);
    const missing: string[] = [];
    for (const address of addresses) if ((await context.request.get(address)).status() !== 200) missing.push(address);
    expect(missing).toEqual([]);
    await page.locator('main').getByRole('link', { name: 'Commands' }).click();
    await page.getByRole('heading', { name: 'Commands', level: 1 }).waitFor();
    await page.locator('main').getByRole('link', { name: 'dev', exact: true }).click();
    await page.getByRole('heading', { name: 'portcullis dev', level: 1 }).waitFor();
  });

  it('finds "landing page" without a network', async () => {
    await page.goto(site.url);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.locator('#localsearch-input').fill('landing page');
    const results = page.locator('#localsearch-list a');
    await results.first().waitFor();
    await page.locator('#localsearch-input').fill('qzxwv');
    await page.getByText('No results for').waitFor();
    await page.locator('#localsearch-input').fill('landing page');
    const found = results.first();
    const [path] = (await found.getAttribute('href'))?.split('#') ?? [];
    await found.click();
    await page.waitForURL((url) => url.pathname === path);
    await expect.poll(() => page.locator('main').textContent()).toMatch(/landing page/i);
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
  ] as const)('has no finding of axe, %s, %i wide', async (colorScheme, width) => {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    for (const path of ['', 'policy.html', 'commands/', 'console.html']) {
      await page.goto(`${site.url}${path}`);
      await page.locator('main h1').waitFor();
      expect(await findings(), `${path} ${colorScheme}`).toEqual([]);
    }
  });
});
