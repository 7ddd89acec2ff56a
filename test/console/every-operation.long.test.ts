import { describe, expect, it } from 'vitest';
import { describedOperations } from '../../src/tenant/management/description/published-operations.ts';
import { consoleForEachTest } from './console-for-each-test.ts';

/** Things that exist nowhere: their screens have an error in place of the thing, and all of its operations. */
const ID = 'x1';

describe('the generated screens', () => {
  const console = consoleForEachTest();

  it('lead to every operation of the description by clicking alone', async () => {
    const { page } = console;
    const reached = new Set<string>();
    const known = new Set<string>();

    /** Opens each operation of the section in front, and closes it again. */
    async function openOperations(): Promise<void> {
      await page.locator('.section').waitFor();
      for (const fold of await page.locator('details.operations:not([open]) > summary').all()) await fold.click();
      for (const row of await page.locator('.operations tbody tr').all()) {
        const method = String(await row.locator('.request .badge').textContent());
        // The path in the table has the names of the description.
        const path = String(await row.locator('.request code').textContent());
        await row.getByRole('button').click();
        const dialog = page.getByRole('dialog');
        await dialog.getByRole('button', { name: 'Close' }).waitFor();
        expect(await dialog.locator('.operation-line').textContent()).toContain(`${method} /`);
        reached.add(`${method} ${path}`);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      }
    }

    /** Opens one thing of the list in front, if it has things of its own. */
    async function openOneThing(): Promise<boolean> {
      const name = page.locator('.section .names a').first();
      const form = page.locator('.section form.search-fields', { has: page.getByRole('button', { name: 'Open' }) });
      if ((await name.count()) > 0) await name.click();
      else if ((await form.count()) > 0) {
        const select = form.first().locator('select');
        if ((await select.count()) > 0) await select.selectOption({ index: 1 });
        else await form.first().locator('input').fill(ID);
        await form.first().getByRole('button', { name: 'Open' }).click();
      } else return false;
      return true;
    }

    /** Visits the sections of the subject in front, and one thing of each. */
    async function visitSubject(): Promise<void> {
      await page.locator('.resource').waitFor();
      const address = page.url();
      const links = page.locator('nav.sections a');
      const sections = await links.evaluateAll((all) => all.map((one) => String((one as { href?: string }).href)));
      for (const [index] of (sections.length === 0 ? [address] : sections).entries()) {
        if (sections.length > 0) {
          await links.nth(index).click();
          await page.locator('nav.sections a[aria-current]').waitFor();
        }
        const place = page.url();
        if (known.has(place)) continue;
        known.add(place);
        await openOperations();
        if (await openOneThing()) {
          await expect.poll(() => page.url()).not.toBe(place);
          await visitSubject();
          await console.open(place.replace(/^.*\/console\//, ''));
          await page.locator('.resource').waitFor();
        }
      }
    }

    await console.open('overview');
    const areas = page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: /^More in / });
    await areas.first().waitFor();
    for (let area = 0; area < (await areas.count()); area += 1) {
      await areas.nth(area).click();
      const families = page.locator('.family h2 a');
      await families.first().waitFor();
      const count = await families.count();
      for (let family = 0; family < count; family += 1) {
        await areas.nth(area).click();
        await families.first().waitFor();
        await families.nth(family).click();
        await visitSubject();
      }
    }
    const all = describedOperations.map(({ method, path }) => `${method} ${path}`).sort();
    expect([...reached].sort()).toEqual(all);
  });
});
