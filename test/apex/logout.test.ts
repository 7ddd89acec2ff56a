import { describe, expect, test } from 'vitest';
import { COOKIE, type Gate, openGate, page } from './gate.ts';

/** Signs in and returns the address behind "Sign out". */
async function signOutLink(gate: Gate): Promise<string> {
  const { end } = await gate.browser.visit(gate.standIn.homeUrl);
  const href = /id="sign-out" href="([^"]+)"/.exec(end?.body ?? '')?.[1] ?? '';
  return new URL(href.replaceAll('&amp;', '&'), gate.standIn.url).href;
}

describe('signing out', () => {
  test('closes its own session, then the provider’s, and ends on the public page', async () => {
    await using gate = await openGate();
    const link = await signOutLink(gate);
    const { end: question } = await gate.browser.visit(link);
    const request = new URL(question?.url ?? '');
    expect(request.pathname).toBe('/session/end');
    expect(request.searchParams.get('id_token_hint')?.split('.')).toHaveLength(3);
    expect(request.searchParams.get('post_logout_redirect_uri')).toBe(gate.standIn.signedOutUrl);
    expect(gate.browser.cookies.has(COOKIE)).toBe(false);
    expect(gate.events.at(-1)).toEqual({ type: 'logout', subject: 'ann', endSession: true });

    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question?.body ?? '')?.[1] ?? '';
    const confirmed = await gate.browser.open(`${gate.provider.issuer}/session/end/confirm`, {
      method: 'POST',
      body: new URLSearchParams({ xsrf, logout: 'yes' }),
    });
    const { end } = await gate.browser.visit(confirmed.headers.get('location') ?? '');
    expect(end?.url.href).toBe(gate.standIn.signedOutUrl);
    expect(end?.status).toBe(200);
    expect(end?.body).toContain('You are signed out');

    gate.provider.loginPages = 0;
    gate.provider.signInAs = 'bob';
    const { end: home } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(gate.provider.loginPages).toBe(1);
    expect(home?.body).toContain('bob@example.com');
  });

  test.each([
    { name: 'the provider has no end_session_endpoint', provider: { endSession: false }, attributes: {} },
    { name: 'endSession is off', provider: {}, attributes: { endSession: 'off' } as const },
  ])('goes straight to the signed-out page if $name', async ({ provider, attributes }) => {
    await using gate = await openGate({ provider, attributes });
    const { hops, end } = await gate.browser.visit(await signOutLink(gate));
    expect(hops).toHaveLength(2);
    expect(end?.url.href).toBe(gate.standIn.signedOutUrl);
    expect(end?.body).toContain('You are signed out');
    expect(gate.events.at(-1)).toMatchObject({ type: 'logout', endSession: false });
  });

  test('with HOME and a session at the provider the user is signed in again at once', async () => {
    await using gate = await openGate({ attributes: { postLogout: 'HOME', endSession: 'off' } });
    const link = await signOutLink(gate);
    const before = gate.browser.cookies.get(COOKIE)?.value;
    const { end } = await gate.browser.visit(link);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/home');
    expect(end?.status).toBe(200);
    expect(gate.browser.cookies.get(COOKIE)?.value).not.toBe(before);
    expect(gate.provider.loginPages).toBe(1);
  });

  test('an address at the provider is used unchanged, even if there is an end_session_endpoint', async () => {
    const postLogoutUrl = 'https://tenant.example.com/v2/logout?client_id=apex&returnTo=http%3A%2F%2Flocalhost';
    await using gate = await openGate({ attributes: { postLogoutUrl } });
    const answer = await gate.browser.open(await signOutLink(gate));
    expect(answer.headers.get('location')).toBe(postLogoutUrl);
    expect(gate.browser.cookies.has(COOKIE)).toBe(false);
  });

  test('needs the session’s own id: another user’s link signs the user out of nothing', async () => {
    await using gate = await openGate();
    const link = new URL(await signOutLink(gate));
    const cases = [
      { p_session_id: '0' },
      { p_session_id: '12345678901234' },
      { p_session_id: '' },
      { p_app_id: '999' },
    ];
    for (const change of cases) {
      const url = new URL(link);
      for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
      const { end } = await gate.browser.visit(url);
      expect(end?.url.href).toBe(gate.standIn.signedOutUrl);
      expect(end?.body).toContain('You are still signed in');
    }
    expect((await gate.browser.open(gate.standIn.homeUrl)).status).toBe(200);
  });

  test('works while the provider does not answer', async () => {
    let now = Date.now();
    await using gate = await openGate({ options: { clock: () => now } });
    const link = await signOutLink(gate);
    now += 120_000;
    gate.provider.instead.set('/.well-known/openid-configuration', (request) => void request.socket.destroy());
    const { end } = await gate.browser.visit(link);
    expect(end?.url.href).toBe(gate.standIn.signedOutUrl);
    expect(end?.body).toContain('You are signed out');
    expect(gate.events.at(-1)).toEqual({ type: 'logout', subject: 'ann', endSession: false });
  });

  test('succeeds a second time, and without a session', async () => {
    await using gate = await openGate({ attributes: { endSession: 'off' } });
    const link = await signOutLink(gate);
    for (let i = 0; i < 2; i++) expect((await gate.browser.visit(link)).end?.status).toBe(200);
    expect(page(gate, 'signed-out')).toBe(gate.standIn.signedOutUrl);
  });
});
