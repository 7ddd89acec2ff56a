import { describe, expect, test } from 'vitest';
import { Browser } from './browser.ts';
import { COOKIE, openGate, page, walkToCallback } from './gate.ts';
import { CLIENT, ROLES } from './openid-provider.ts';

describe('signing in', () => {
  test('a stranger gets an anonymous session first, then the provider, then the page with user, roles and schemes', async () => {
    await using gate = await openGate({ ann: { [ROLES]: ['ORG:WATER', 'member'] } });

    const first = await gate.browser.open(gate.standIn.homeUrl);
    expect(first.status).toBe(302);
    expect(first.headers.get('set-cookie')).toMatch(
      /^ORA_WWV_APP_100=ORA_WWV-[\w-]{32}; Path=\/ords; HttpOnly; SameSite=Lax$/,
    );
    const request = new URL(first.headers.get('location') ?? '');
    expect(request.href).toMatch(`${gate.provider.issuer}/auth?`);
    expect(Object.fromEntries(request.searchParams)).toEqual({
      response_type: 'code',
      client_id: CLIENT.id,
      redirect_uri: gate.standIn.callbackUrl,
      scope: 'openid profile email',
      state: expect.stringMatching(/^[\w-]{100,}$/),
    });

    const { end } = await gate.browser.visit(request);
    expect(end?.status).toBe(200);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/home');
    expect(end?.body).toContain('<dd id="app-user">ann@example.com</dd>');
    expect(end?.body).toContain('<dd id="organization">WATER</dd>');
    expect(end?.body).toContain('<li data-role="ORG:WATER">');
    expect(end?.body).toContain('data-scheme="Member of any organisation" data-passes="true"');
    expect(end?.body).toContain('data-scheme="Holds ORG:WATER" data-passes="true"');
    expect(end?.body).toContain('data-scheme="Holds member" data-passes="true"');
    expect(end?.body).toContain('stands in for your Oracle APEX application');
    expect(gate.events).toEqual([
      { type: 'login', subject: 'ann', roles: ['ORG:WATER', 'member'], organization: 'WATER' },
    ]);
  });

  test('an invitation is not passed on, and the observer hears of it', async () => {
    await using gate = await openGate({ ann: { [ROLES]: ['member'] } });
    const link = new URL(gate.standIn.homeUrl);
    for (const name of ['invitation', 'organization', 'organization_name']) link.searchParams.set(name, 'x');
    const first = await gate.browser.open(link);
    expect(new URL(first.headers.get('location') ?? '').searchParams.has('invitation')).toBe(false);
    expect(gate.events).toEqual([{ type: 'invitation-dropped' }]);
  });

  test('the session lasts: a second visit needs no provider', async () => {
    await using gate = await openGate();
    await gate.browser.visit(gate.standIn.homeUrl);
    const again = await gate.browser.visit(gate.standIn.homeUrl);
    expect(again.hops).toHaveLength(1);
    expect(again.end?.status).toBe(200);
  });

  test('the state reveals nothing to a reader and differs every time', async () => {
    await using gate = await openGate();
    const states = [];
    for (let i = 0; i < 2; i++) {
      const { headers } = await gate.browser.open(gate.standIn.homeUrl);
      states.push(new URL(headers.get('location') ?? '').searchParams.get('state') ?? '');
    }
    expect(states[0]).not.toBe(states[1]);
    expect(Buffer.from(states[0] ?? '', 'base64url').toString('latin1')).not.toMatch(/home|session|100/);
  });

  test('a deep link survives the sign-in with its query', async () => {
    await using gate = await openGate({ ann: { [ROLES]: ['ORG:WATER'] } });
    const { end } = await gate.browser.visit(page(gate, 'members', '?p2_id=7&request=SAVE'));
    expect(end?.status).toBe(200);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/members');
    expect(end?.url.searchParams.get('p2_id')).toBe('7');
    expect(end?.url.searchParams.get('request')).toBe('SAVE');
  });

  test('a classic address leads to the same page, with its items', async () => {
    await using gate = await openGate({ ann: { [ROLES]: ['ORG:WATER'] } });
    const { end } = await gate.browser.visit(`${gate.standIn.url}/ords/f?p=100:2:0::NO::P2_ID,P2_B:7,8`);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/members');
    expect(end?.url.searchParams.get('p2_id')).toBe('7');
    expect(end?.url.searchParams.get('p2_b')).toBe('8');
    const unknown = await gate.browser.open(`${gate.standIn.url}/ords/f?p=999:1`);
    expect(unknown.status).toBe(404);
  });

  test('request=APEX_AUTHENTICATION starts the sign-in and does not survive it, in either form of address', async () => {
    await using gate = await openGate();
    for (const start of [
      page(gate, 'home', '?request=APEX_AUTHENTICATION%3DAUTH0&p1=x'),
      `${gate.standIn.url}/ords/f?p=gate:1:0:APEX_AUTHENTICATION=AUTH0:NO::P1,REQUEST:x,APEX_AUTHENTICATION=AUTH0`,
    ]) {
      const { hops, end } = await new Browser().visit(start);
      expect(hops.filter(({ url }) => url.pathname === '/auth')).toHaveLength(1);
      expect(end?.status).toBe(200);
      expect(end?.url.searchParams.get('p1')).toBe('x');
      expect(end?.url.href).not.toContain('APEX_AUTHENTICATION');
    }
  });

  test('Switch in Session selects a scheme with parameters of its own, remembers it, and ignores one that is not switchable', async () => {
    const switchableSchemes = [{ name: 'ORGS', authUriParameters: 'organization=org_1&ui_locales=de', scope: 'email' }];
    await using gate = await openGate({ attributes: { switchableSchemes, switchInSession: false } });
    const requested = async (address: string, browser = gate.browser) => {
      const { headers } = await browser.open(address);
      return Object.fromEntries(new URL(headers.get('location') ?? '').searchParams);
    };
    const switched = page(gate, 'home', '?request=APEX_AUTHENTICATION%3DORGS');
    expect(await requested(switched)).toMatchObject({ organization: 'org_1', ui_locales: 'de', scope: 'openid email' });
    expect(await requested(gate.standIn.homeUrl)).toMatchObject({ organization: 'org_1' });
    const notSwitchable = page(gate, 'home', '?request=APEX_AUTHENTICATION%3DNOBODY');
    const other = await requested(notSwitchable, new Browser());
    expect(other.scope).toBe('openid profile email');
    expect(other.organization).toBeUndefined();
    const publicPage = await gate.browser.open(page(gate, 'login', '?request=APEX_AUTHENTICATION%3DAUTH0'));
    expect(publicPage.status).toBe(200);
  });

  test('Switch in Session by a signed-in user starts over: the earlier session is closed', async () => {
    await using gate = await openGate();
    await gate.browser.visit(gate.standIn.homeUrl);
    const before = gate.browser.cookies.get(COOKIE)?.value ?? '';
    const started = await gate.browser.open(page(gate, 'home', '?request=APEX_AUTHENTICATION%3DAUTH0'));
    expect(started.headers.get('location')).toContain('/auth?');
    const old = new Browser();
    old.cookies.set(COOKIE, { value: before, path: '/ords' });
    expect((await old.open(gate.standIn.homeUrl)).status).toBe(302);
    const { end } = await gate.browser.visit(started.headers.get('location') ?? '');
    expect(end?.status).toBe(200);
  });

  test('Authentication URI Parameters are appended', async () => {
    await using gate = await openGate({
      attributes: { authUriParameters: 'audience=https://api.example.com/&prompt=login' },
    });
    const { headers } = await gate.browser.open(gate.standIn.homeUrl);
    const request = new URL(headers.get('location') ?? '').searchParams;
    expect(request.get('audience')).toBe('https://api.example.com/');
    expect(request.get('prompt')).toBe('login');
  });

  test('the callback answers under its second name too', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    callback.pathname += '2';
    const { end } = await gate.browser.visit(callback);
    expect(end?.status).toBe(200);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/home');
  });
});

describe('the session', () => {
  test('id and cookie change at sign-in, and the old ones are worth nothing', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    const anonymous = gate.browser.cookies.get(COOKIE)?.value;
    const { end } = await gate.browser.visit(callback);
    const signedIn = gate.browser.cookies.get(COOKIE)?.value;
    expect(signedIn).toMatch(/^ORA_WWV-/);
    expect(signedIn).not.toBe(anonymous);
    expect(end?.url.searchParams.get('session')).toMatch(/^\d{13,14}$/);

    const attacker = new Browser();
    attacker.cookies.set(COOKIE, { value: anonymous ?? '', path: '/ords' });
    const stolen = await attacker.open(gate.standIn.homeUrl);
    expect(stolen.status).toBe(302);
    expect(attacker.cookies.get(COOKIE)?.value).not.toBe(anonymous);
  });

  test('a cookie that the stand-in has not made is not taken over', async () => {
    await using gate = await openGate();
    gate.browser.cookies.set(COOKIE, { value: 'ORA_WWV-chosen-elsewhere', path: '/ords' });
    await gate.browser.open(gate.standIn.homeUrl);
    expect(gate.browser.cookies.get(COOKIE)?.value).not.toBe('ORA_WWV-chosen-elsewhere');
  });

  test('cookie and session id of the address must belong together', async () => {
    await using gate = await openGate();
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    const before = gate.browser.cookies.get(COOKIE)?.value;
    expect((await gate.browser.open(page(gate, 'home', '?session=0'))).status).toBe(200);
    expect((await gate.browser.open(end?.url ?? '')).status).toBe(200);
    const mismatch = await gate.browser.open(page(gate, 'home', '?session=12345678901234'));
    expect(mismatch.status).toBe(302);
    expect(mismatch.headers.get('location')).toContain('/auth?');
    expect(gate.browser.cookies.get(COOKIE)?.value).not.toBe(before);
  });

  test('ends after its idle time and after its lifetime', async () => {
    let now = Date.now();
    const limits = { sessionIdleMs: 60_000, sessionLifetimeMs: 150_000 };
    await using gate = await openGate({ options: { limits, clock: () => now } });
    const opens = async () => (await gate.browser.open(gate.standIn.homeUrl)).status;
    await gate.browser.visit(gate.standIn.homeUrl);
    for (const [wait, status] of [
      [50_000, 200],
      [50_000, 200],
      [51_000, 302],
    ] as const) {
      now += wait;
      expect(await opens()).toBe(status);
    }
    await gate.browser.visit(gate.standIn.homeUrl);
    now += 61_000;
    expect(await opens()).toBe(302);
  });

  test('a flood of strangers pushes out the session that was used least recently', async () => {
    await using gate = await openGate({ options: { limits: { sessions: 5 } } });
    await gate.browser.visit(gate.standIn.homeUrl);
    for (let i = 0; i < 4; i++) await new Browser().open(gate.standIn.signedOutUrl);
    expect((await gate.browser.open(gate.standIn.homeUrl)).status).toBe(200);
    for (let i = 0; i < 5; i++) await new Browser().open(gate.standIn.signedOutUrl);
    expect((await gate.browser.open(gate.standIn.homeUrl)).status).toBe(302);
  });
});

describe('the token request', () => {
  const methods = [
    { tokenAuthMethod: 'BODY', authMethod: 'client_secret_post', basic: false, id: CLIENT.id, secret: CLIENT.secret },
    { tokenAuthMethod: 'BASIC', authMethod: 'client_secret_basic', basic: true, id: null, secret: null },
    { tokenAuthMethod: 'BASIC_AND_CLID', authMethod: 'client_secret_basic', basic: true, id: CLIENT.id, secret: null },
    { tokenAuthMethod: 'CLID', authMethod: 'none', basic: false, id: CLIENT.id, secret: null },
  ] as const;

  test.each(methods)('$tokenAuthMethod', async ({ tokenAuthMethod, authMethod, basic, id, secret }) => {
    await using gate = await openGate({ attributes: { tokenAuthMethod }, provider: { authMethod } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(200);
    const [request] = gate.provider.tokenRequests;
    expect(request?.authorization?.startsWith('Basic ') ?? false).toBe(basic);
    expect(request?.body.get('client_id')).toBe(id);
    expect(request?.body.get('client_secret')).toBe(secret);
    expect(request?.body.get('grant_type')).toBe('authorization_code');
    expect(request?.body.get('redirect_uri')).toBe(gate.standIn.callbackUrl);
    expect(request?.body.has('code_verifier')).toBe(false);
  });

  test('nonce and PKCE are sent when switched on, and checked', async () => {
    await using gate = await openGate({ attributes: { sendNonce: true, sendPkce: true } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(200);
    const sent = gate.provider.authorizeRequests[0]?.searchParams;
    expect(sent?.get('nonce')).toMatch(/^[\w-]{20,}$/);
    expect(sent?.get('code_challenge_method')).toBe('S256');
    expect(gate.provider.tokenRequests[0]?.body.get('code_verifier')).toMatch(/^[\w-]{43,}$/);
    expect(end?.body).toContain(`<dd data-claim="nonce"><code>&quot;${sent?.get('nonce')}&quot;</code></dd>`);
  });
});
