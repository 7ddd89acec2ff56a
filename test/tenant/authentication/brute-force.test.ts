import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './browser.ts';
import { authorizeUrl, requestToken } from './login-steps.ts';
import { PASSWORD, type RunningTenant, startTenant } from './running-tenant.ts';

let tenant: RunningTenant;
beforeEach(async () => {
  tenant = await startTenant();
});
afterEach(() => tenant.close());

const guess = (username: string, password: string) =>
  requestToken(tenant, { grant_type: 'password', username, password });

async function guessTenTimes(username: string): Promise<void> {
  for (let count = 0; count < 10; count += 1) expect((await guess(username, 'wrong')).status).toBe(403);
}

const blocked = {
  status: 429,
  body: {
    error: 'too_many_attempts',
    error_description:
      "Your account has been blocked after multiple consecutive login attempts. We've sent you a notification via your preferred contact method with instructions on how to unblock it.",
  },
};

describe('brute-force protection', () => {
  it('blocks an address after ten wrong passwords, even with the right password', async () => {
    await guessTenTimes('ada@example.com');
    expect(await guess('ada@example.com', PASSWORD)).toEqual(blocked);
    expect(tenant.logs.map((log) => log.type)).toEqual([...Array(10).fill('fp'), 'limit_wc']);
    expect(tenant.logs.at(-1)).toMatchObject({ user_id: 'auth0|ada', user_name: 'ada@example.com', ip: '127.0.0.1' });
    expect(tenant.store.blocks.list('auth0|ada', 10)).toEqual([{ identifier: 'ada@example.com', ip: '127.0.0.1' }]);
    expect(tenant.actions.runs).toHaveLength(0);
    expect((await guess('bob@example.com', PASSWORD)).status).toBe(200);
  });

  it('sends the user one mail with a link that ends the block', async () => {
    await guessTenTimes('ada@example.com');
    await guess('ada@example.com', 'wrong');
    await guessTenTimes('unknown@example.com');
    const mails = tenant.store.outbox.list({ page: 0, perPage: 10 }).rows;
    expect(mails.map((mail) => mail.to)).toEqual(['ada@example.com']);
    const fields = { 'password-reset': 'Another-Horse-7', 're-enter-password': 'Another-Horse-7' };
    expect((await new Browser().post(mails[0]?.links[0] ?? '', fields)).status).toBe(200);
    expect((await guess('ada@example.com', 'Another-Horse-7')).status).toBe(200);
  });

  it('shows the block on the login page', async () => {
    await guessTenTimes('ada@example.com');
    const browser = new Browser();
    const page = await browser.follow(authorizeUrl(tenant));
    const { response } = await browser.signIn(page.url, 'ada@example.com', PASSWORD);
    expect(response.status).toBe(429);
    const html = await response.text();
    expect(html).toContain('data-error-code="user-blocked"');
    expect(html).toContain('Your account has been blocked after multiple consecutive login attempts.');
  });

  it('does not reveal whether the user exists', async () => {
    await guessTenTimes('unknown@example.com');
    expect(await guess('Unknown@Example.com', 'wrong')).toEqual(blocked);
    expect((await guess('another@example.com', 'wrong')).status).toBe(403);
  });

  it('counts only consecutive wrong passwords', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let count = 0; count < 9; count += 1) await guess('ada@example.com', 'wrong');
      expect((await guess('ada@example.com', PASSWORD)).status).toBe(200);
    }
  });

  it('counts parallel guesses', async () => {
    const wrong = Array.from({ length: 40 }, () => guess('ada@example.com', 'wrong'));
    const answers = await Promise.all(wrong);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(10);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(30);
  });

  it('counts by user if the name is typed differently, and ends after thirty days', async () => {
    const { blocks } = tenant.store;
    for (let count = 0; count < 10; count += 1)
      await guess(count % 2 ? 'ADA@example.com' : ' ada@example.com ', 'wrong');
    expect(blocks.failures('auth0|ada', '127.0.0.1')).toBeGreaterThanOrEqual(10);
    expect(blocks.failures('auth0|ada', '192.0.2.1')).toBeLessThan(10);
    const day = 24 * 60 * 60 * 1000;
    const { now } = Date;
    try {
      Date.now = () => now() + 31 * day;
      expect(blocks.failures('auth0|ada', '127.0.0.1')).toBeLessThan(10);
      expect(blocks.list('auth0|ada', 10)).toEqual([]);
      expect(blocks.record('auth0|ada', '127.0.0.1')).toBe(1);
    } finally {
      Date.now = now;
    }
  });

  it('ends if the block or the user is deleted', async () => {
    await guessTenTimes('ada@example.com');
    expect(tenant.store.blocks.clear('auth0|ada')).toBe(true);
    expect(tenant.store.blocks.clear('auth0|ada')).toBe(false);
    expect((await guess('ada@example.com', PASSWORD)).status).toBe(200);
    await guessTenTimes('bob@example.com');
    tenant.store.users.remove('auth0|bob');
    expect(tenant.store.blocks.list('auth0|bob', 10)).toEqual([]);
  });

  it('is off if the database has it off', async () => {
    const database = tenant.store.connections.find('con_db');
    if (database === undefined) throw new Error('no database');
    tenant.store.connections.update({ ...database, options: { brute_force_protection: false } });
    await guessTenTimes('ada@example.com');
    expect((await guess('ada@example.com', PASSWORD)).status).toBe(200);
  });
});
