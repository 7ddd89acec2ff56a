import { describe, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { COOKIE, type Gate, openGate, page } from './gate.ts';
import { ROLES } from './openid-provider.ts';

/** A user with a session at the provider, which refuses them from now on; their session at the stand-in has ended. */
async function refusedWithLivingSession(gate: Gate, reason = 'Not your organisation.'): Promise<void> {
  await gate.browser.visit(gate.standIn.homeUrl);
  gate.browser.cookies.delete(COOKIE);
  gate.provider.denyWith = reason;
  gate.provider.loginPages = 0;
  gate.events.length = 0;
}

describe('a refusal by the provider', () => {
  test('loops with LOGIN, as in APEX, until the browser gives up', async () => {
    await using gate = await openGate();
    await refusedWithLivingSession(gate);

    const { hops, end } = await gate.browser.visit(gate.standIn.homeUrl, undefined, 60);
    expect(end).toBeUndefined();
    expect(hops).toHaveLength(60);
    expect(gate.provider.loginPages).toBe(0);
    // Home, authorization request, callback, and home again.
    expect(hops.slice(0, 6).map(({ url }) => url.pathname)).toEqual([
      '/ords/r/demo/gate/home',
      '/auth',
      '/ords/apex_authentication.callback',
      '/ords/r/demo/gate/home',
      '/auth',
      '/ords/apex_authentication.callback',
    ]);
    expect(gate.events.filter(({ type }) => type === 'refused-at-callback')).toHaveLength(20);
    expect(gate.events[0]).toEqual({
      type: 'refused-at-callback',
      error: 'access_denied',
      description: 'Not your organisation.',
      redirect: 'LOGIN',
    });
  });

  test('ends on the public landing page with URL, which shows the provider’s message', async () => {
    await using gate = await openGate({ attributes: { invalidSessionType: 'URL' } });
    await refusedWithLivingSession(gate, 'Not <b>your</b> organisation.');

    const { hops, end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(hops).toHaveLength(4);
    expect(end?.status).toBe(200);
    expect(end?.url.href.startsWith(gate.standIn.landingPageUrl)).toBe(true);
    expect(end?.body).toContain('The sign-in service did not let you in.');
    expect(end?.body).toContain('Not &lt;b&gt;your&lt;/b&gt; organisation.');
    expect(gate.browser.cookies.has(COOKIE)).toBe(false);
    expect(gate.events.map(({ type }) => type)).toEqual(['refused-at-callback', 'landing-page']);
  });

  test('goes to the address of invalidSessionUrl, relative or not', async () => {
    for (const invalidSessionUrl of ['f?p=GATE:11:0', 'https://www.example.com/no']) {
      await using gate = await openGate({ attributes: { invalidSessionType: 'URL', invalidSessionUrl } });
      gate.provider.denyWith = 'No.';
      const { end } = await gate.browser.visit(gate.standIn.homeUrl, (url) => url.hostname === 'www.example.com');
      const expected = new URL(invalidSessionUrl, `${gate.standIn.url}/ords/`).href;
      expect(end?.url.href).toBe(expected);
    }
  });

  test('ends on the built-in login page with BUILTIN_LOGIN, which shows the notification once and offers the schemes', async () => {
    const switchableSchemes = [{ name: 'ORGS' }];
    await using gate = await openGate({ attributes: { invalidSessionType: 'BUILTIN_LOGIN', switchableSchemes } });
    await refusedWithLivingSession(gate);
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(200);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/login');
    expect(end?.body).toContain('Not your organisation.');
    expect(end?.body).toContain('request=APEX_AUTHENTICATION%3DAUTH0');
    expect(end?.body).toContain('request=APEX_AUTHENTICATION%3DORGS');
    const again = await gate.browser.open(end?.url ?? '');
    expect(again.body).not.toContain('Not your organisation.');
  });

  test('signs no user in', async () => {
    await using gate = await openGate({
      attributes: { invalidSessionType: 'URL', invalidSessionUrl: 'r/demo/gate/login' },
    });
    gate.provider.denyWith = 'No.';
    await gate.browser.visit(gate.standIn.homeUrl);
    expect((await gate.browser.open(gate.standIn.homeUrl)).status).toBe(302);
    expect(gate.events.some(({ type }) => type === 'login')).toBe(false);
  });
});

describe('Verify Attributes', () => {
  test('refuses an unverified e-mail after a successful login, and so loops as well', async () => {
    await using gate = await openGate({ ann: { email_verified: false } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl, undefined, 40);
    expect(end).toBeUndefined();
    expect(gate.provider.loginPages).toBe(1);
    expect(gate.events[0]).toEqual({
      type: 'refused-at-callback',
      error: 'username_not_verified',
      description: 'email is not verified',
      redirect: 'LOGIN',
    });
  });

  test('ends on the landing page with URL', async () => {
    const attributes = { invalidSessionType: 'URL', usernameAttribute: '#email# ' } as const;
    await using gate = await openGate({ ann: { email_verified: false }, attributes });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.url.searchParams.get('reason')).toBe('email_not_verified');
    expect(end?.body).toContain('Your e-mail address has not been confirmed yet.');
  });

  test.each([
    { name: 'switched off', attributes: { verifyAttributes: false }, ann: { email_verified: false } },
    { name: 'another attribute', attributes: { usernameAttribute: 'sub' }, ann: { email_verified: false } },
    { name: 'no value', attributes: {}, ann: { email_verified: undefined } },
  ])('lets in: $name', async ({ attributes, ann }) => {
    await using gate = await openGate({ attributes, ann });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(200);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/home');
  });
});

describe('the landing page', () => {
  test('is public, never redirects, and ends the session', async () => {
    await using gate = await openGate();
    await gate.browser.visit(gate.standIn.homeUrl);
    const cookie = gate.browser.cookies.get(COOKIE);
    const landing = await gate.browser.open(`${gate.standIn.landingPageUrl}?reason=no_matching_rule`);
    expect(landing.status).toBe(200);
    expect(landing.body).toContain('Your account does not have access to this application.');
    expect(gate.browser.cookies.has(COOKIE)).toBe(false);

    const thief = new Browser();
    if (cookie !== undefined) thief.cookies.set(COOKIE, cookie);
    expect((await thief.open(gate.standIn.homeUrl)).status).toBe(302);
    const asking = await gate.browser.open(`${gate.standIn.landingPageUrl}?request=APEX_AUTHENTICATION%3DAUTH0`);
    expect(asking.status).toBe(200);
    expect(asking.headers.get('set-cookie')).toBeNull();
  });

  test('offers to sign in as another user, which works after the provider’s session has ended', async () => {
    await using gate = await openGate({ ann: { [ROLES]: [] } });
    await refusedWithLivingSession(gate);
    // The effect of the provider's logout on its way to the landing page.
    gate.browser.cookies.clear();
    const landing = await gate.browser.open(gate.standIn.landingPageUrl);
    const link = /id="sign-in-again" href="([^"]+)"/.exec(landing.body)?.[1];
    expect(link).toBe(gate.standIn.homeUrl);
    gate.provider.denyWith = undefined;
    gate.provider.signInAs = 'bob';
    const { end } = await gate.browser.visit(link ?? '');
    expect(gate.provider.loginPages).toBe(1);
    expect(end?.body).toContain('bob@example.com');
  });

  test.each(['', '?reason=', '?reason=%3Cscript%3Ealert(1)%3C/script%3E', '?reason=__proto__', '?reason=constructor'])(
    'has a neutral sentence for %j and repeats nothing of it',
    async (query) => {
      await using gate = await openGate();
      const { status, body } = await gate.browser.open(gate.standIn.landingPageUrl + query);
      expect(status).toBe(200);
      expect(body).toContain('Your account may not use this application.');
      expect(body).not.toContain('alert(1)');
    },
  );

  test('has the alias from the options', async () => {
    await using gate = await openGate({ options: { landingPage: 'no-entry' } });
    expect(gate.standIn.landingPageUrl).toBe(page(gate, 'no-entry'));
    expect((await gate.browser.open(gate.standIn.landingPageUrl)).status).toBe(200);
    expect((await gate.browser.open(page(gate, 'refused'))).status).toBe(404);
  });
});
