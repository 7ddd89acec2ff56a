import type { Locator } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeAction } from './action-editor.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { drop } from './console-in-browser.ts';

describe('Actions > Triggers > Login in the console', () => {
  const console = consoleForEachTest();
  beforeEach(async () => {
    for (const name of ['One', 'Two', 'Three']) {
      const id = await makeAction(console.management, name);
      await console.management.actions.deploy(id);
    }
    await makeAction(console.management, 'Draft');
  });

  const bound = async () => {
    const { data } = await console.management.actions.triggers.bindings.list('post-login');
    return data.map(({ display_name }) => display_name);
  };

  /** Waits until the flow is applied and was read again, so that the screen does not change any more. */
  async function untilApplied(names: readonly string[]): Promise<void> {
    await expect.poll(bound).toEqual(names);
    await console.page.getByText('not applied').waitFor({ state: 'hidden' });
  }

  const drag = (from: string, to: string) => dragFrom(console.page.getByRole('button', { name: from }), to);

  async function dragFrom(what: Locator, to: string): Promise<void> {
    const { page } = console;
    const source = await what.boundingBox();
    const target = await page.locator(to).boundingBox();
    if (source === null || target === null) throw new Error('There is nothing to drag, or no target.');
    await page.mouse.move(source.x + source.width / 2, source.y + source.height / 2);
    await page.mouse.down();
    for (const part of [0.3, 0.7, 1]) {
      await page.mouse.move(
        source.x + (target.x + target.width / 2 - source.x) * part,
        source.y + (target.y + target.height / 2 - source.y) * part,
        { steps: 4 },
      );
    }
    await drop(page);
  }

  it('accepts Actions by mouse, in the order in which they are dropped', async () => {
    const { page } = console;
    await console.open('actions/triggers');
    await console.checkAppearance('triggers');
    await page.getByRole('link', { name: 'Login', exact: true }).click();
    await page.getByText('The flow is empty.').waitFor();
    expect(await page.getByRole('button', { name: 'Drag Draft' }).isDisabled()).toBe(true);
    await drag('Drag One', '.flow-end:last-of-type');
    await page.getByRole('button', { name: 'Remove One' }).waitFor();
    await drag('Drag Two', '.flow-end:last-of-type');
    await page.getByRole('button', { name: 'Remove Two' }).waitFor();
    await page.getByText('not applied').waitFor();
    expect(await bound()).toEqual([]);
    await console.checkAppearance('flow');
    await console.picture('flow');
    await page.getByRole('button', { name: 'Apply' }).click();
    await untilApplied(['One', 'Two']);

    await drag('Drag Two', 'ol.steps li:first-child .handle');
    await page.getByRole('button', { name: 'Apply' }).click();
    await untilApplied(['Two', 'One']);
  });

  it('accepts Actions that are dragged by their card instead of the handle', async () => {
    const { page } = console;
    await console.open('actions/triggers/post-login');
    await page.getByText('The flow is empty.').waitFor();
    await dragFrom(page.locator('.flow-library li').getByText('One', { exact: true }), '.flow-end:last-of-type');
    await page.getByRole('button', { name: 'Remove One' }).waitFor();
    await dragFrom(page.locator('.flow-library li').getByText('Two', { exact: true }), '.flow-end:last-of-type');
    await page.getByRole('button', { name: 'Remove Two' }).waitFor();
    await dragFrom(page.locator('.flow ol').getByRole('link', { name: 'Two' }), 'ol.steps li:first-child');
    await page.getByRole('button', { name: 'Apply' }).click();
    await untilApplied(['Two', 'One']);
  });

  it('works by keyboard alone', async () => {
    const { page } = console;
    await console.open('actions/triggers/post-login');
    const press = async (name: string, key = 'Enter') => {
      const button = page.getByRole('button', { name, exact: true, disabled: false });
      await button.focus();
      await page.keyboard.press(key);
    };
    for (const name of ['One', 'Two', 'Three']) await press(`Add ${name} to the flow`);
    await page.getByRole('status').getByText('Three is at place 3 of 3.').waitFor();
    await press('Move Three up');
    await press('Apply');
    await untilApplied(['One', 'Three', 'Two']);

    // The keys of dnd-kit: space, arrow, space.
    await press('Drag Two', 'Space');
    await page.getByText('Two is at place 3 of 3.').last().waitFor({ state: 'attached' });
    // dnd-kit listens for the arrows a task after it announces the start, and measures the list when it is drawn.
    await page.evaluate(
      'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))',
    );
    await page.keyboard.press('ArrowUp');
    await page.getByText('Two is at place 2 of 3.').waitFor({ state: 'attached' });
    await page.keyboard.press('Space');
    await page.getByText('not applied').waitFor();
    await press('Apply');
    await untilApplied(['One', 'Two', 'Three']);

    await press('Remove One');
    await press('Apply');
    await untilApplied(['Two', 'Three']);
    await press('Remove Two');
    await press('Discard changes');
    await page.getByRole('button', { name: 'Remove Two' }).waitFor();
  });

  it('keeps changes that are made while the flow is applied and read again', async () => {
    const { page } = console;
    await console.open('actions/triggers/post-login');
    const click = (name: string) => page.getByRole('button', { name, exact: true }).click();
    await click('Add One to the flow');
    await click('Add Two to the flow');
    const changed = Promise.withResolvers<void>();
    await page.route('**/actions/triggers/post-login/bindings*', async (route) => {
      if (route.request().method() === 'GET') await changed.promise;
      await route.continue();
    });
    await click('Apply');
    await page.getByText('The flow is applied').waitFor();
    await click('Add Three to the flow');
    await click('Remove One');
    const reread = page.waitForResponse(
      (response) => response.request().method() === 'GET' && response.url().includes('/bindings'),
    );
    changed.resolve();
    await (await reread).finished();
    await page.getByText('not applied').waitFor();
    await click('Apply');
    await expect.poll(bound).toEqual(['Two', 'Three']);
  });
});
