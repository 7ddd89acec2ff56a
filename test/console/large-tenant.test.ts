import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillStore } from '../../bench/fill-store.ts';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { launchChromium } from '../browser/chromium.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { type OpenConsole, openConsoleOf } from './console-in-browser.ts';

const USERS = 3000;
const ROLES = 100;

describe('the console of a tenant with many people', { timeout: 120_000 }, () => {
  let folder: string;
  let browser: Browser;
  let gate: LocalGate;
  let console: OpenConsole;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-large-'));
    fillStore(join(folder, 'data'), { users: USERS, roles: ROLES });
    browser = await launchChromium();
    gate = await startLocalGate({
      policy,
      tenantPort: 0,
      loopbackPort: 0,
      standInPort: 0,
      dataFolder: join(folder, 'data'),
      console: true,
    });
    console = await openConsoleOf(browser, gate);
  });
  afterAll(async () => {
    await browser?.close();
    await gate?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists as far as the Management API does, says so, and finds whoever is beyond', async () => {
    const { page } = console;
    await console.open('users?page=40');
    await page.getByText('a list ends at 1,000; search to find others').waitFor();
    await page.getByText(/^976–1,000 of 3,0\d\d/).waitFor();
    expect(await page.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true);
    expect(await page.getByRole('row').count()).toBe(26);
    await console.looksRight('the last page of users');
    await page.getByRole('searchbox').fill('user-2999');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'user-2999@example.com' }).click();
    await page.getByRole('heading', { level: 1, name: 'user-2999@example.com' }).waitFor();
    await console.open('roles?page=4');
    await page.getByText(/^76–100 of 10\d$/).waitFor();
  });

  it('judges the first hundred, and says where everybody is counted', async () => {
    const { page } = console;
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/api/v2/') && asked.push(request.url()));
    await console.open('gate');
    await page.getByText(/Of the first \d+ of 3,0\d\d users/).waitFor();
    await page.getByText('1–25 of ').waitFor();
    const first = asked.length;
    expect(first).toBeLessThan(150);
    // Nor does it ask again while one looks.
    await page.waitForTimeout(6000);
    expect(asked.length).toBe(first);
  });
});
