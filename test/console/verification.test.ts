import { describe, expect, it } from 'vitest';
import { consoleForEachTest } from './console-for-each-test.ts';
import { type OpenGate, openGate } from './gate-in-browser.ts';

const password = 'Correct-Horse-9';

describe('a user who signed up in the browser', () => {
  const opened = consoleForEachTest<OpenGate>(openGate);
  const email = 'nina@example.com';
  const pathOf = (address: string) => new URL(address).pathname;

  /** Signs up from the application's home page. The gate refuses, because the address is not verified. */
  async function signUp() {
    const { standIn } = opened.gate;
    const page = await opened.context.newPage();
    await page.goto(standIn.homeUrl);
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.fill('input[name=email]', email);
    await page.fill('input[name=password]', password);
    await page.click('button[name=action][value=default]');
    await page.waitForURL((url) => url.pathname === pathOf(standIn.landingPageUrl));
    expect(await page.textContent('main')).toMatch(/confirmed/);
    return page;
  }

  /** Signs in from the application's home page, and waits until the user is inside. */
  async function enter(page: Awaited<ReturnType<typeof signUp>>): Promise<void> {
    const { standIn } = opened.gate;
    await page.goto(standIn.homeUrl);
    await page.fill('input[name=username]', email);
    await page.fill('input[name=password]', password);
    await page.click('button[name=action][value=default]');
    await page.waitForURL((url) => url.pathname === pathOf(standIn.homeUrl));
    expect(await page.textContent('main')).toContain(email);
  }

  async function openUser(): Promise<void> {
    await opened.open('users');
    await opened.page.getByRole('link', { name: email }).click();
    await opened.page.getByRole('heading', { level: 1, name: email }).waitFor();
  }

  it('enters the application after the link of the e-mail in the outbox', async () => {
    const visitor = await signUp();
    await opened.open('outbox');
    const mail = opened.page.getByRole('listitem').filter({ hasText: `To ${email}` });
    await mail.getByRole('heading', { name: 'Verify your email' }).waitFor();
    const popup = opened.page.waitForEvent('popup');
    await mail.getByRole('link').click();
    await (await popup).getByRole('heading', { name: 'Email verified' }).waitFor();
    await enter(visitor);
  });

  it('enters the application after the administrator marks the address as verified', async () => {
    const visitor = await signUp();
    await openUser();
    await opened.checkAppearance('user with an unverified address');
    await opened.page.getByRole('button', { name: 'Mark as verified' }).click();
    await opened.page.getByText(`${email} is verified.`).waitFor();
    await opened.page.getByRole('button', { name: 'Mark as verified' }).waitFor({ state: 'detached' });
    await enter(visitor);
  });

  it('gets another e-mail if the administrator sends one', async () => {
    await signUp();
    await openUser();
    await opened.page.getByRole('button', { name: 'Send verification email' }).click();
    await opened.page.getByText(`The verification e-mail to ${email} is in the outbox.`).waitFor();
    await opened.page.getByRole('link', { name: 'outbox', exact: true }).click();
    const mails = opened.page.getByRole('listitem').filter({ hasText: `To ${email}` });
    await mails.nth(1).waitFor();
    const links = await mails.getByRole('link').evaluateAll((found) => found.map(({ href }: { href: string }) => href));
    expect(new Set(links).size).toBe(2);
    // Both lead to the domain that the browser is on.
    for (const link of links) expect(new URL(link).origin).toBe(new URL(opened.gate.tenant.loopbackUrl).origin);
  });
});
