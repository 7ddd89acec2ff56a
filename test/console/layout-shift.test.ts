import { describe, expect, it, onTestFinished } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';
import { openGate } from './gate-in-browser.ts';
import { GOOD_SHIFT, measureShift } from './shift-in-browser.ts';

describe('the screens of the console', () => {
  const console = consoleForEachTest(openGate);

  it('do not move while they load', async () => {
    const { page, gate } = console;
    const shift = measureShift(page);
    onTestFinished(() => shift.dispose());
    const [action] = (await console.management.actions.list()).data;
    const [user] = await console.management.users.listUsersByEmail({ email: gate.cast[0]?.email ?? '' });
    const shifts: Record<string, number> = {};
    for (const path of [
      'applications',
      `applications/${gate.clientId}`,
      'apis',
      'users',
      `users/${encodeURIComponent(user?.user_id ?? '')}`,
      'roles',
      'actions/library',
      `actions/library/${action?.id}`,
      'actions/triggers/post-login',
      'logs',
      'settings',
      'try',
      'gate',
      'outbox',
      'overview',
      'areas/security',
      'resources/connections',
      `resources/clients/${gate.clientId}`,
      'resources/branding',
    ]) {
      await console.load(path);
      shifts[path] = await shift.read();
    }
    expect(Object.entries(shifts).filter(([, moved]) => moved >= GOOD_SHIFT)).toEqual([]);
  });

  it('begin at their top when the menu opens them', async () => {
    const { page } = console;
    await page.setViewportSize({ width: 1280, height: 400 });
    await console.open('applications');
    const links = page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
    const positions: Record<string, number> = {};
    for (const name of await links.allTextContents()) {
      await links.getByText(name, { exact: true }).click();
      await page.locator('main h1').waitFor();
      await expect.poll(() => page.locator('.loading').count()).toBe(0);
      positions[name] = Number(await page.evaluate('scrollY'));
    }
    expect(Object.entries(positions).filter(([, position]) => position > 0)).toEqual([]);
    expect(Object.keys(positions).length).toBeGreaterThan(8);
  });
});
