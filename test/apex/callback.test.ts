import { describe, expect, test } from 'vitest';
import { createStateSealer } from '../../src/apex/stand-in/state.ts';
import { Browser, type Hop } from './browser.ts';
import { COOKIE, type Gate, openGate, walkToCallback } from './gate.ts';
import { ROLES } from './openid-provider.ts';

function expectSessionExpired(answer: Hop, gate: Gate): void {
  expect(answer.status).toBe(400);
  expect(answer.body).toContain('Your session has expired');
  expect(answer.headers.get('location')).toBeNull();
  expect(gate.events.at(-1)).toMatchObject({ type: 'error', code: 'invalid_state' });
}

describe('the state', () => {
  test('that is not one of ours: missing, empty, too short, too long, made up, or changed in one letter', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    const state = callback.searchParams.get('state') ?? '';
    const middle = state.length >> 1;
    const changed = state.slice(0, middle) + (state[middle] === 'A' ? 'B' : 'A') + state.slice(middle + 1);
    for (const forged of [undefined, '', 'x', 'A'.repeat(5000), 'A'.repeat(200), changed, `${state}=`, ` ${state}`]) {
      const url = new URL(callback);
      if (forged === undefined) url.searchParams.delete('state');
      else url.searchParams.set('state', forged);
      expectSessionExpired(await gate.browser.open(url), gate);
    }
    expect(gate.provider.tokenRequests).toHaveLength(0);
    // None of these attempts has used up the real one.
    expect((await gate.browser.visit(callback)).end?.status).toBe(200);
  });

  test('sealed by another process', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    const foreign = createStateSealer().seal({
      application: 100,
      page: 'home',
      session: '1234567890123',
      ajaxIdentifier: 'x',
      issuedAt: Date.now(),
    });
    callback.searchParams.set('state', foreign);
    expectSessionExpired(await gate.browser.open(callback), gate);
  });

  test('of another browser: with no cookie, and with a session of its own', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    const victim = new Browser();
    expectSessionExpired(await victim.open(callback), gate);
    await victim.open(gate.standIn.homeUrl);
    expectSessionExpired(await victim.open(callback), gate);
    expect(gate.provider.tokenRequests).toHaveLength(0);
  });

  test('used before', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    expect((await gate.browser.visit(callback)).end?.status).toBe(200);
    const cookie = gate.browser.cookies.get(COOKIE)?.value;
    expectSessionExpired(await gate.browser.open(callback), gate);
    // And the session of the first use continues.
    expect(gate.browser.cookies.get(COOKIE)?.value).toBe(cookie);
    expect((await gate.browser.open(gate.standIn.homeUrl)).status).toBe(200);
  });

  test('used twice at the same time: one wins', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    const answers = await Promise.all([gate.browser.open(callback), gate.browser.open(callback)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 400]);
    expect(gate.provider.tokenRequests).toHaveLength(1);
  });

  test('used before with an error', async () => {
    await using gate = await openGate({
      attributes: { invalidSessionType: 'URL', invalidSessionUrl: 'r/demo/gate/login' },
    });
    const callback = await walkToCallback(gate);
    const denied = new URL(callback);
    denied.searchParams.delete('code');
    denied.searchParams.set('error', 'access_denied');
    expect((await gate.browser.open(denied)).status).toBe(302);
    expectSessionExpired(await gate.browser.open(denied), gate);
    expectSessionExpired(await gate.browser.open(callback), gate);
  });

  test('too old', async () => {
    let now = Date.now();
    await using gate = await openGate({ options: { clock: () => now } });
    const callback = await walkToCallback(gate);
    now += 601_000;
    expectSessionExpired(await gate.browser.open(callback), gate);
  });

  test('of a session that has been closed in the meantime', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    const cookie = gate.browser.cookies.get(COOKIE);
    await gate.browser.open(gate.standIn.landingPageUrl);
    if (cookie !== undefined) gate.browser.cookies.set(COOKIE, cookie);
    expectSessionExpired(await gate.browser.open(callback), gate);
  });

  test('one of several tabs: each keeps its own', async () => {
    await using gate = await openGate({ ann: { [ROLES]: ['ORG:WATER'] } });
    const first = await walkToCallback(gate, gate.standIn.homeUrl);
    await walkToCallback(gate, `${gate.standIn.url}/ords/r/demo/gate/members`);
    const { end } = await gate.browser.visit(first);
    expect(end?.url.pathname).toBe('/ords/r/demo/gate/home');
  });
});

describe('the parameters', () => {
  const unacceptable = ['iss=https://id.example.com', 'p_x11=1', 'STATE=x', 'id_token=x', 'state=second', '%3Cb%3E=1'];

  test.each(unacceptable)(
    '%s is not a parameter of the procedure: the gateway finds no such page',
    async (parameter) => {
      await using gate = await openGate();
      const callback = await walkToCallback(gate);
      const answer = await gate.browser.open(`${callback}&${parameter}`);
      expect(answer.status).toBe(404);
      expect(answer.body).not.toContain('<b>=');
      expect(gate.events.at(-1)).toMatchObject({ type: 'error', code: 'unknown_callback_parameter' });
      expect(gate.provider.tokenRequests).toHaveLength(0);
      // Refused before the state was checked: without the parameter it is still valid.
      expect((await gate.browser.visit(callback)).end?.status).toBe(200);
    },
  );

  test('those of other providers are accepted and ignored', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    const more = 'authuser=0&hd=example.com&prompt=none&scope=openid&session_state=x&realmID=1&p_x10=y';
    expect((await gate.browser.visit(`${callback}&${more}`)).end?.status).toBe(200);
  });

  test('a provider that sends iss is refused, and accepted with strictCallback off', async () => {
    await using strict = await openGate({ provider: { sendIss: true } });
    expect((await strict.browser.visit(strict.standIn.homeUrl)).end?.status).toBe(404);
    await using lenient = await openGate({ provider: { sendIss: true }, attributes: { strictCallback: false } });
    expect((await lenient.browser.visit(lenient.standIn.homeUrl)).end?.status).toBe(200);
    const callback = await walkToCallback(lenient, undefined, new Browser());
    expect(callback.searchParams.get('iss')).toBe(lenient.provider.issuer);
  });

  test('with strictCallback off a wrong iss still ends in an error', async () => {
    await using gate = await openGate({ attributes: { strictCallback: false } });
    const callback = await walkToCallback(gate);
    const answer = await gate.browser.open(`${callback}&iss=https://id.example.com`);
    expect(answer.status).toBe(502);
    expect(gate.provider.tokenRequests).toHaveLength(0);
  });

  test('neither code nor error', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    callback.searchParams.delete('code');
    expectSessionExpired(await gate.browser.open(callback), gate);
  });
});

test('POST and HEAD do not use up a code', async () => {
  await using gate = await openGate();
  const callback = await walkToCallback(gate);
  expect((await gate.browser.open(callback, { method: 'POST' })).status).toBe(405);
  expect((await gate.browser.open(callback, { method: 'HEAD' })).status).toBe(405);
  expect((await gate.browser.visit(callback)).end?.status).toBe(200);
});

describe('the parameters of an older version', () => {
  test.each([
    ['20.2.0.00.20', 'hd', 404],
    ['20.2', 'realmID', 404],
    ['20.2', 'session_state', 200],
    ['24.1.3', 'hd', 200],
    ['24.1.3', 'session_token', 404],
    ['24.2', 'session_token', 200],
  ])('of %s: %s gives %s', async (release, name, status) => {
    await using gate = await openGate({ attributes: { release } });
    const callback = await walkToCallback(gate);
    callback.searchParams.set(name, 'x');
    expect((await gate.browser.visit(callback)).end?.status).toBe(status);
  });

  test('that does not exist cannot be requested', async () => {
    await expect(openGate({ attributes: { release: 'latest' } })).rejects.toMatchObject({ code: 'invalid_option' });
  });
});
