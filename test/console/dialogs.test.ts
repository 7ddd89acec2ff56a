import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';

describe('forms of the console', () => {
  const console = consoleForEachTest();

  it('stay open while their request runs, and show its error', async () => {
    const { page, management } = console;
    await console.open('roles');
    const release = Promise.withResolvers<void>();
    await page.route('**/api/v2/roles', async (route) => {
      await release.promise;
      await route.continue();
    });
    await page.getByRole('button', { name: 'Create Role' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Slow');
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await sent;
    expect(await page.getByRole('button', { name: 'Cancel' }).isDisabled()).toBe(true);
    // Chromium closes a dialog at the second Escape even if the page prevents it.
    for (let time = 0; time < 4; time += 1) await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
    await management.roles.create({ name: 'Slow' });
    release.resolve();
    await page.getByRole('alert').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('keep their buttons and their error in sight in a low window', async () => {
    const { page } = console;
    await page.setViewportSize({ width: 1280, height: 480 });
    await console.open('resources/log-streams');
    await page.getByRole('button', { name: 'Create log stream' }).click();
    const dialog = page.getByRole('dialog');
    const create = dialog.getByRole('button', { name: 'Create log stream' });
    await dialog.getByRole('button', { name: 'JSON', exact: true }).click();
    await dialog.getByLabel('Body as JSON').fill('{"type": "http", "sink": {}}');
    const isInSight = async (part: Locator) => {
      const box = await part.boundingBox();
      return box !== null && box.y >= 0 && box.y + box.height <= 480;
    };
    await dialog.evaluate((element: { scrollTop: number }) => {
      element.scrollTop = 0;
    });
    expect(await isInSight(create)).toBe(true);
    await create.click();
    const problem = dialog.getByRole('alert');
    await problem.waitFor();
    await expect.poll(() => isInSight(problem)).toBe(true);
    const above = (await problem.boundingBox()) ?? { y: 0, height: 0 };
    expect(above.y + above.height).toBeLessThanOrEqual((await create.boundingBox())?.y ?? 0);
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it('keep the focus in the search box after a search by keyboard', async () => {
    const { page } = console;
    await console.open('roles');
    const box = page.getByRole('searchbox');
    await box.fill('unknown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search=unknown/);
    await expect.poll(() => page.locator('.loading').count()).toBe(0);
    await expect.poll(() => page.evaluate('document.activeElement?.type')).toBe('search');
    // The menu link shows the whole list, so the box is empty.
    await page.getByRole('link', { name: 'Roles' }).click();
    await expect.poll(() => box.inputValue()).toBe('');
  });

  it('keep the chosen user visible during a search for another user', async () => {
    const { page, management } = console;
    const connection = 'Username-Password-Authentication';
    for (const name of ['una', 'vera']) {
      const email = `${name}@elsewhere.example`;
      await management.users.create({ connection, email, password: 'Correct-Horse-9' });
    }
    await management.clients.create({ name: 'APEX', app_type: 'regular_web', callbacks: ['https://apex.example/cb'] });
    await console.open('try');
    const user = page.getByRole('combobox', { name: 'User', exact: true });
    await user.selectOption('una@elsewhere.example');
    await page.getByLabel('Beginning of a name or an address').fill('vera');
    await user.getByRole('option', { name: 'vera@elsewhere.example' }).waitFor({ state: 'attached' });
    expect(await user.locator('option:checked').textContent()).toBe('una@elsewhere.example');
  });
});
