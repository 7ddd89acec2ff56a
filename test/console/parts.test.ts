import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildSite } from '../../src/cli/console/build-site.ts';
import { consoleForEachTest } from './console-for-each-test.ts';

describe('the page of parts', () => {
  const console = consoleForEachTest();

  it('shows each part as it looks under the pointer, with the focus and pressed', async () => {
    const { page } = console;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await console.load('parts');
    const button = (state: string) => page.locator(`button.danger[data-state=${state}]`);
    await button('rest').waitFor();
    const look = (state: string) =>
      button(state).evaluate((one) => {
        const styles = globalThis as unknown as { getComputedStyle(element: unknown): Record<string, string> };
        const { backgroundColor, outlineWidth } = styles.getComputedStyle(one);
        return [backgroundColor, outlineWidth];
      });
    const rest = await look('rest');
    expect(await look('hover')).not.toEqual(rest);
    await button('rest').hover();
    await expect.poll(() => look('rest')).toEqual(await look('hover'));
    await page.mouse.down();
    const hovered = await look('hover');
    await expect.poll(() => look('rest')).not.toEqual(hovered);
    await page.mouse.up();
    await page.mouse.move(0, 0);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await look('focus')).not.toEqual(rest);
    await expect.poll(() => look('rest')).toEqual(await look('focus'));
  });

  it('has no finding, and a dialog that is busy stays open', async () => {
    const { page } = console;
    await console.load('parts');
    await page.getByRole('heading', { name: 'Dialogs and notices' }).waitFor();
    // The part that shows the loading of content never ends.
    await page.evaluate('document.querySelector(".specimen-loading").classList.remove("loading")');
    await console.checkAppearance('the parts');
    await page.getByRole('button', { name: 'A form that is busy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Create' }).click();
    expect(await dialog.getByRole('button', { name: 'Create' }).getAttribute('aria-busy')).toBe('true');
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
  });

  it('is not in the published console', async () => {
    const entry = fileURLToPath(new URL('../../src/console/main.tsx', import.meta.url));
    const text = async (options: { parts?: boolean }) =>
      [...(await buildSite(entry, options)).files.values()]
        .map(({ body }) => new TextDecoder().decode(body))
        .join('\n');
    expect(await text({ parts: true })).toContain('specimen');
    expect(await text({})).not.toContain('specimen');
  });
});
