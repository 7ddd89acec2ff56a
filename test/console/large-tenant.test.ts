import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillStore, userId } from '../../bench/fill-store.ts';
import { openStore } from '../../src/tenant/store/open-store.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import type { OpenConsole } from './console-in-browser.ts';
import { openGate } from './gate-in-browser.ts';

const USERS = 12_000;
const ROLES = 100;
/** Number of users who already hold the default role. */
const HOLDERS = 2500;

describe('the console of a tenant with many users', () => {
  let folder: string;
  let console: OpenConsole;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-large-'));
    fillStore(join(folder, 'data'), { users: USERS, roles: ROLES });
    const store = openStore({ file: join(folder, 'data', 'tenant.sqlite') });
    const role = { id: 'rol_ofthedefaultrole', name: policy.defaultRole ?? '', description: '' };
    store.roles.insert(role);
    store.roles.assign(
      role.id,
      Array.from({ length: HOLDERS }, (_, number) => userId(number)),
    );
    const blocked = store.users.find(userId(7000));
    if (blocked !== undefined) store.users.update({ ...blocked, blocked: true });
    store.close();
    console = await openGate({ dataFolder: join(folder, 'data') });
  });
  afterAll(async () => {
    await console?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('lists as many users as the Management API does, says so, and finds users beyond by search', async () => {
    const { page } = console;
    await console.open('users?page=40');
    await page.getByText('a list ends at 1,000; search to find others').waitFor();
    await page.getByText(/^976–1,000 of 12,0\d\d/).waitFor();
    expect(await page.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true);
    expect(await page.getByRole('row').count()).toBe(26);
    await console.checkAppearance('the last page of users');
    await page.getByRole('searchbox').fill('user-11999');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'user-11999@example.com' }).click();
    await page.getByRole('heading', { level: 1, name: 'user-11999@example.com' }).waitFor();
    await console.open('roles?page=4');
    await page.getByText(/^76–100 of 10\d$/).waitFor();
  });

  it('decides about all users, shows the progress, and does not repeat the export by itself', async () => {
    const { page } = console;
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const exports = () => requests.filter((url) => url.includes('/jobs/users-exports'));
    await page.clock.install();
    // The page stays responsive: it shows the progress during the decisions.
    await page.addInitScript(`
      window.progressValues = new Set();
      new MutationObserver(() => {
        const progress = document.querySelector('progress');
        if (progress) window.progressValues.add(progress.value);
      }).observe(document, { subtree: true, childList: true, attributes: true });
    `);
    await console.load('gate');
    await page.getByText(/^All 12,0\d\d users/).waitFor();
    expect(Number(await page.evaluate('window.progressValues.size'))).toBeGreaterThan(3);
    const count = async (kind: string) => {
      const text = await page.getByRole('listitem').filter({ hasText: kind }).locator('strong').textContent();
      return Number(text?.replaceAll(',', ''));
    };
    // The gate's own cast is included.
    expect(await count('let in with current roles')).toBeGreaterThanOrEqual(HOLDERS);
    expect(await count('let in with current roles')).toBeLessThan(HOLDERS + 10);
    expect(await count('let in with a new role')).toBeGreaterThanOrEqual(USERS - HOLDERS);
    expect(await count('blocked by the tenant')).toBe(1);
    await page.getByText('administrator@tenant.example').waitFor({ state: 'detached' });
    await console.checkAppearance('the gate with many users');

    const table = page.getByRole('region', { name: 'Users at the gate' });
    // Users beyond the Management API's limit: the last one, and the results of a search.
    await page.getByText(/^1–25 of 12,0\d\d$/).waitFor();
    await page.getByLabel('Name or address').fill('user-11999@');
    await table
      .getByRole('row', { name: /user-11999@/ })
      .getByText('let in with a new role')
      .waitFor();
    await page.getByText('1–1 of 1').waitFor();
    await page.getByLabel('Name or address').fill(`user-${HOLDERS - 1}@`);
    await table
      .getByRole('row', { name: new RegExp(`user-${HOLDERS - 1}@`) })
      .getByText('let in with current roles')
      .waitFor();
    await page.getByLabel('Name or address').fill('user-');
    await page.getByLabel('Decision').selectOption('blocked');
    await page.getByText('1–1 of 1').waitFor();
    await table.getByText('user-7000@example.com').waitFor();
    await page.getByLabel('Decision').selectOption('');
    for (let turn = 0; turn < 45; turn += 1) await page.getByRole('button', { name: 'Next page' }).click();
    await page.getByText('1,126–1,150 of 12,000').waitFor();
    // Its timers fire, and the last request is the test's own.
    const before = requests.length;
    await page.clock.fastForward(6000);
    await page.evaluate("fetch('/console/data/no-document')");
    // The policy is followed; nothing of the users is read again.
    const later = requests.slice(before).map((url) => new URL(url).pathname);
    expect(later.filter((path) => path !== '/console/data/gate')).toEqual(['/console/data/no-document']);
    expect(later).toContain('/console/data/gate');
    expect(exports()).toHaveLength(1);
    await page.getByRole('button', { name: 'Export again' }).click();
    await expect.poll(() => exports().length).toBe(2);
    await page.getByRole('button', { name: 'Export again', disabled: false }).waitFor();
  });

  it('stops reading users on request, and reports what failed', async () => {
    const { page } = console;
    await page.route('**/api/v2/roles/*/users*', () => undefined);
    await console.open('gate');
    await page.getByText(/A job exports them/).waitFor();
    // The rest of the screen works meanwhile.
    await page.getByLabel('Email address').fill('new@water.example');
    await page.getByRole('region', { name: 'A made-up visitor' }).getByText('"ORG:WATER" is assigned').waitFor();
    await console.checkAppearance('the gate while it reads');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Reading the users was stopped.').waitFor();
    await page.unroute('**/api/v2/roles/*/users*');

    await page.route('**/user-exports/*', (route) => route.fulfill({ status: 404, body: '{}' }));
    await page.getByRole('button', { name: 'Read all users' }).click();
    await page.getByRole('alert').getByText('The export of users could not be fetched: status 404.').waitFor();
    await page.unroute('**/user-exports/*');
    await page.route('**/user-exports/*', (route) => route.fulfill({ status: 200, body: 'no export' }));
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').getByText('The export of users cannot be read').waitFor();
    await page.unroute('**/user-exports/*');

    // After a rate limit it waits and repeats the request.
    let refused = 0;
    await page.route('**/api/v2/roles/*/users*', (route) => {
      refused += 1;
      if (refused > 2) return route.fallback();
      return route.fulfill({ status: 429, body: JSON.stringify({ message: 'Global limit has been reached' }) });
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/^All 12,0\d\d users/).waitFor();
    expect(refused).toBeGreaterThan(2);
    expect(console.browserErrors).toEqual([]);
  });
});
