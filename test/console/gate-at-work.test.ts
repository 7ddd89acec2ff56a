// The gate at work, as the README shows it: the moving picture is made by this test.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { openContext } from '../browser/shared-browser.ts';
import { consoleForEachTest } from './console-for-each-test.ts';
import { openGate } from './gate-in-browser.ts';
import { createMovingPicture } from './moving-picture.ts';

const SIZE = { width: 800, height: 520 };
const takesPictures = process.env.PORTCULLIS_PICTURES === '1';

const console = consoleForEachTest(openGate);

/** Types a person's address and password into the login page, without sending them. */
async function fillIn(page: Page, name: string): Promise<void> {
  const { email, password = '' } = console.gate.cast.find((one) => one.name === name) ?? {};
  await page.fill('input[name=username]', email ?? '');
  await page.fill('input[name=password]', password);
}

it('lets Una in with her role, refuses Vera with the reason, and the console shows how', async () => {
  const picture = createMovingPicture(SIZE);
  const { standIn } = console.gate;
  const context = await openContext({ viewport: SIZE });
  try {
    const page = await context.newPage();
    await page.goto(standIn.signedOutUrl);
    await picture.add(page, '1. An Oracle APEX application, which signs users in through Auth0');
    await page.goto(standIn.homeUrl);
    await fillIn(page, 'Una');
    await picture.add(page, '2. Una signs in. Her e-mail address is verified');
    await page.click('button[name=action][value=default]');
    await page.waitForURL(/\/ords\/.*home/);
    expect(await page.textContent('main')).toContain('APEX User');
    await picture.add(page, '3. The policy lets her in, with the role "APEX User"');
    await context.clearCookies();
    await page.goto(standIn.homeUrl);
    await fillIn(page, 'Vera');
    await picture.add(page, '4. Vera signs in. Her address is not verified');
    await page.click('button[name=action][value=default]');
    await page.waitForURL(/\/ords\/.*refused/);
    expect(await page.textContent('main')).toContain('has not been confirmed');
    await picture.add(page, '5. Refused: the landing page says why, and nothing loops');
  } finally {
    await context.close();
  }
  await console.open('try');
  await console.page.getByRole('link', { name: 'vera@elsewhere.example' }).click();
  await console.page.getByText(/The policy: Refused/).waitFor();
  await console.page.getByRole('list', { name: 'Timeline' }).waitFor();
  await console.page.setViewportSize(SIZE);
  await picture.add(console.page, '6. The console shows each step of her login');
  const gif = picture.encode();
  expect(Buffer.from(gif.subarray(0, 6)).toString()).toBe('GIF89a');
  expect(gif.length).toBeLessThan(1_000_000);
  if (takesPictures) writeFileSync(fileURLToPath(new URL('../../docs/pictures/gate.gif', import.meta.url)), gif);
});
