import { describe, expect, test } from 'vitest';
import { MISTAKES } from '../../src/apex/stand-in/classic-mistake.ts';
import { COOKIE, type Gate, type GateSetup, openGate, page } from './gate.ts';
import { CLIENT, ROLES } from './openid-provider.ts';

const symptoms = (gate: Gate) => gate.events.flatMap((event) => (event.type === 'symptom' ? [event.name] : []));

/** Signs in and returns the address behind "Sign out". */
async function signOutLink(gate: Gate): Promise<string> {
  const { end } = await gate.browser.visit(gate.standIn.homeUrl);
  const href = /id="sign-out" href="([^"]+)"/.exec(end?.body ?? '')?.[1] ?? '';
  return new URL(href.replaceAll('&amp;', '&'), gate.standIn.url).href;
}

const withMistake = (name: keyof typeof MISTAKES, setup: GateSetup = {}) =>
  openGate({ ...setup, attributes: { ...setup.attributes, ...MISTAKES[name].attributes } });

describe('a classic mistake', () => {
  test('post-logout-home: the sign-out is a sign-in', async () => {
    await using gate = await withMistake('post-logout-home');
    const { end } = await gate.browser.visit(await signOutLink(gate));
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/home');
    expect(end?.body).toContain('ann@example.com');
    expect(symptoms(gate)).toEqual(['post-logout-home']);
  });

  test('post-logout-home is reported for other protected pages too, and not for public ones or for other sites', async () => {
    const cases = [
      ['f?p=100:2:0', true],
      ['r/demo/gate/members', true],
      ['f?p=GATE:11:0', false],
      ['f?p=999:1:0', false],
      ['https://www.example.com/', false],
    ] as const;
    for (const [postLogoutUrl, reported] of cases) {
      await using gate = await openGate({ attributes: { endSession: 'off', postLogoutUrl } });
      await gate.browser.open(await signOutLink(gate));
      expect(symptoms(gate), postLogoutUrl).toEqual(reported ? ['post-logout-home'] : []);
    }
  });

  test('landing-protected: refused users are asked to sign in again, and see no reason', async () => {
    await using gate = await withMistake('landing-protected');
    const { hops } = await gate.browser.visit(`${gate.standIn.landingPageUrl}?reason=no_matching_rule`, undefined, 3);
    expect(hops[1]?.url.pathname).toBe('/auth');
    expect(hops.map(({ body }) => body).join()).not.toContain('Your account does not have access');
    expect(symptoms(gate)).toEqual(['landing-protected']);
    // A user who is let in sees it as any other page.
    await gate.browser.visit(gate.standIn.homeUrl);
    const opened = await gate.browser.open(`${gate.standIn.landingPageUrl}?reason=no_matching_rule`);
    expect(opened.body).toContain('Your account does not have access');
  });

  test('missing-callback: an error page at the provider is found by a request to it', async () => {
    await using gate = await openGate({ options: { checksCallback: true } });
    await gate.browser.visit(gate.standIn.homeUrl);
    await expect.poll(() => gate.provider.authorizeRequests.length).toBeGreaterThan(1);
    expect(symptoms(gate)).toEqual([]);
    gate.provider.register('https://apex.example.com/other', gate.standIn.signedOutUrl);
    gate.browser.cookies.clear();
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(400);
    await expect.poll(() => symptoms(gate)).toEqual(['missing-callback']);
    expect(gate.events).toContainEqual(expect.objectContaining({ detail: gate.standIn.callbackUrl }));
  });

  test('verify-clash: an endless loop, reported once', async () => {
    await using gate = await withMistake('verify-clash', { ann: { email_verified: false } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl, undefined, 30);
    expect(end).toBeUndefined();
    expect(symptoms(gate)).toEqual(['verify-clash']);
  });

  test('a login that is denied loops as well, and is distinguished', async () => {
    await using gate = await openGate();
    await gate.browser.visit(gate.standIn.homeUrl);
    gate.browser.cookies.delete(COOKIE);
    gate.provider.denyWith = 'No.';
    expect((await gate.browser.visit(gate.standIn.homeUrl, undefined, 30)).end).toBeUndefined();
    expect(symptoms(gate)).toEqual(['invalid-session-protected']);
  });

  test('comma-scope: nothing is requested, and there is no username', async () => {
    await using gate = await withMistake('comma-scope');
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(gate.provider.authorizeRequests.at(-1)?.searchParams.get('scope')).toBe('openid');
    expect(end?.status).toBe(502);
    expect(end?.body).toContain('missing_username');
    expect(symptoms(gate)).toEqual(['comma-scope']);
  });

  test('groups-not-custom: the role is there, and no scheme that asks for it passes', async () => {
    await using gate = await withMistake('groups-not-custom', { ann: { [ROLES]: ['member', 'ORG:WATER'] } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.body).toContain('data-role="member"');
    expect(end?.body).toMatch(/data-scheme="Holds member" data-passes="false"/);
    expect(end?.body).toMatch(/data-scheme="Member of any organisation" data-passes="true"/);
    expect(symptoms(gate)).toEqual(['groups-not-custom']);
  });

  test('without one nothing is reported', async () => {
    await using gate = await openGate({ ann: { [ROLES]: ['member'] } });
    await gate.browser.open(await signOutLink(gate));
    expect(symptoms(gate)).toEqual([]);
  });
});

describe('the application’s own authorization scheme', () => {
  const applicationAuthorization = { name: 'Staff', requires: ['staff'], message: 'Staff only.' };

  test('protects every page that is not public', async () => {
    await using gate = await openGate({ attributes: { applicationAuthorization } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(403);
    expect(end?.body).toContain('Staff only.');
    expect((await gate.browser.open(gate.standIn.signedOutUrl)).status).toBe(200);
    gate.provider.signInAs = 'bob';
    gate.provider.accounts.set('bob', { email: 'bob@example.com', email_verified: true, [ROLES]: ['staff'] });
    gate.browser.cookies.clear();
    expect((await gate.browser.visit(gate.standIn.homeUrl)).end?.status).toBe(200);
  });

  test('protects public pages too, if configured: refused users see no reason', async () => {
    await using gate = await openGate({ attributes: { applicationAuthorization, authorizePublicPages: true } });
    const landing = await gate.browser.open(`${gate.standIn.landingPageUrl}?reason=no_matching_rule`);
    expect(landing.status).toBe(403);
    expect(landing.body).not.toContain('does not have access');
  });
});

describe('a session that timed out', () => {
  const attributes = { sessionTimeoutUrl: 'f?p=GATE:11:0', idleTimeoutUrl: 'r/demo/gate/login' };

  test.each([
    ['that was idle', 3_700_000, '/ords/r/demo/gate/login'],
    ['that lasted too long', 29_000_000, '/ords/f'],
  ])('%s ends on the page that the application names, and the next page asks for a sign-in', async (_, later, path) => {
    let now = Date.now();
    await using gate = await openGate({ attributes, options: { clock: () => now } });
    await gate.browser.visit(gate.standIn.homeUrl);
    now += later;
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.url.pathname).toBe(path);
    expect(end?.status).toBe(200);
    expect((await gate.browser.open(gate.standIn.homeUrl)).headers.get('location')).toContain('/auth?');
  });

  test('without such an address starts the sign-in', async () => {
    let now = Date.now();
    await using gate = await openGate({ options: { clock: () => now } });
    await gate.browser.visit(gate.standIn.homeUrl);
    now += 3_700_000;
    expect((await gate.browser.open(page(gate, 'members'))).headers.get('location')).toContain('/auth?');
  });
});

describe('the post-authentication procedure', () => {
  test('refuses users without the list that the Action sends', async () => {
    await using gate = await openGate({ options: { gate: 'action' } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl, (url) => url.pathname === '/v2/logout');
    expect(end?.url.searchParams.get('client_id')).toBe(CLIENT.id);
    expect(end?.url.searchParams.get('returnTo')).toBe(`${gate.standIn.landingPageUrl}?reason=roles_unknown`);
    expect(gate.events.at(-1)).toEqual({ type: 'refused-in-apex', reason: 'roles_unknown' });
    // No user is signed in: the next page asks again.
    expect((await gate.browser.open(gate.standIn.homeUrl)).headers.get('location')).toContain('/auth?');
  });

  test('lets in a user with an empty list, or a single name', async () => {
    for (const claim of [[], 'member', ['member']]) {
      await using gate = await openGate({ options: { gate: 'action' }, ann: { [ROLES]: claim } });
      expect((await gate.browser.visit(gate.standIn.homeUrl)).end?.status).toBe(200);
    }
  });
});
