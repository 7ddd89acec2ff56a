import { describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';

describe('the frame of the console', () => {
  const console = consoleForEachTest();

  it('works on a narrow screen and by keyboard: the menu, the skip link and the focus after navigation', async () => {
    const { page } = console;
    await console.open('users');
    await page.setViewportSize({ width: 360, height: 740 });
    const menu = page.getByRole('navigation', { name: 'Screens' });
    expect(await menu.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Menu' }).focus();
    await page.keyboard.press('Enter');
    await menu.getByRole('link', { name: 'Roles' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Roles' }).waitFor();
    await menu.waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.id')).toBe('screen');
    await page.getByRole('link', { name: 'Skip to the screen' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('screen');
  });

  it('leads to screens and subjects by name with Ctrl+K, and by shortcuts that ? lists', async () => {
    const { page, management } = console;
    const { id } = await management.roles.create({ name: 'Keeper of the keys' });
    await console.open('users');
    const palette = page.getByRole('dialog', { name: 'Go to' });
    const results = palette.getByRole('option');
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.type('sett');
    await palette.getByRole('option', { name: 'Settings', selected: true }).waitFor();
    await console.checkAppearance('the palette');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await palette.waitFor({ state: 'hidden' });

    await page.getByRole('button', { name: 'Go to' }).click();
    await palette.waitFor();
    await page.keyboard.type('keeper');
    await palette.getByRole('option', { name: 'Keeper of the keys', selected: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Keeper of the keys' }).waitFor();
    expect(page.url()).toContain(id);
    // A letter in a field is text.
    await page.getByLabel('Description').press('?');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByLabel('Description').fill('');
    await page.locator('main').press('Control+k');
    await palette.waitFor();
    await page.keyboard.type('nothing has this name');
    await palette.getByText('Nothing has this name.').waitFor();
    expect(await results.count()).toBe(0);
    await page.keyboard.press('Escape');
    await palette.waitFor({ state: 'hidden' });

    await page.locator('main').press('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await list.getByText('Library').waitFor();
    await console.checkAppearance('the shortcuts');
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    // The second key counts for a moment only, which a busy machine may miss.
    await expect
      .poll(async () => {
        await page.locator('main').press('g');
        await page.keyboard.press('u');
        return await page.getByRole('heading', { level: 1, name: 'Users' }).count();
      })
      .toBe(1);
    await page.locator('main').press('/');
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
  });

  it('keeps the chosen colours, and has them before the first paint', async () => {
    const { page } = console;
    await console.open('users');
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.getByRole('button', { name: 'Colours: as the system' }).click();
    await page.getByRole('button', { name: 'Colours: light' }).click();
    await page.getByRole('button', { name: 'Colours: dark' }).waitFor();
    const dark = await ground();
    expect(dark).not.toBe(light);
    await page.addInitScript(`new PerformanceObserver((list, observer) => {
      globalThis.groundAtPaint ??= getComputedStyle(document.body).backgroundColor;
    }).observe({ type: 'paint', buffered: true })`);
    await console.load('users');
    await expect.poll(() => page.evaluate('globalThis.groundAtPaint')).toBe(dark);
    await page.getByRole('button', { name: 'Colours: dark' }).click();
    await page.getByRole('button', { name: 'Colours: as the system' }).waitFor();
    expect(await ground()).toBe(light);
  });
});
