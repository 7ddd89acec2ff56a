import type { JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';
import { COOKIE, type Gate, type GateSetup, openGate, walkToCallback } from './gate.ts';
import { CLIENT, type TestProvider } from './openid-provider.ts';

/** Returns the end of a sign-in whose token response is wrong. */
async function signInWith(gate: Gate, answer: (provider: TestProvider) => Promise<unknown>) {
  gate.provider.instead.set('/token', async (_, response) => {
    const body = await answer(gate.provider);
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  return gate.browser.visit(gate.standIn.homeUrl);
}

async function tokens(provider: TestProvider, changes: JWTPayload = {}, key: 'own' | 'foreign' = 'own') {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: provider.issuer, aud: CLIENT.id, sub: 'ann', iat: now, exp: now + 60, email: 'a@example.com' };
  const idToken = await provider.sign({ ...claims, ...changes }, key);
  return { access_token: 'at', token_type: 'Bearer', expires_in: 60, id_token: idToken };
}

async function expectNoUser(gate: Gate, code: string): Promise<void> {
  expect(gate.events).toEqual([{ type: 'error', code, message: expect.any(String) }]);
  expect((await gate.browser.open(gate.standIn.homeUrl)).status).toBe(302);
}

const withoutUserinfo: GateSetup = { attributes: { useUserinfo: false } };

test('the token response of these tests is valid before it is changed', async () => {
  await using gate = await openGate(withoutUserinfo);
  const { end } = await signInWith(gate, tokens);
  expect(end?.status).toBe(200);
  expect(end?.body).toContain('<dd id="app-user">a@example.com</dd>');
});

describe('the ID token cannot be trusted', () => {
  const past = Math.floor(Date.now() / 1000) - 3600;
  const spoilt: [string, JWTPayload, ('own' | 'foreign')?][] = [
    ['wrong issuer', { iss: 'https://id.example.com' }],
    ['wrong audience', { aud: 'another-client' }],
    ['expired', { exp: past }],
    ['an unexpected nonce', { nonce: 'x' }],
    ['signed with a foreign key', {}, 'foreign'],
  ];

  test.each(spoilt)('%s', async (_, changes, key) => {
    await using gate = await openGate(withoutUserinfo);
    const { hops, end } = await signInWith(gate, (provider) => tokens(provider, changes, key));
    expect(end?.status).toBe(502);
    expect(end?.body).toContain('<code id="code">invalid_id_token</code>');
    expect(end?.url.pathname).toBe('/ords/apex_authentication.callback');
    expect(hops.length).toBeLessThan(8);
    await expectNoUser(gate, 'invalid_id_token');
  });

  test('another nonce than the one that was sent, or none', async () => {
    for (const nonce of ['another', undefined]) {
      await using gate = await openGate({ attributes: { useUserinfo: false, sendNonce: true } });
      const { end } = await signInWith(gate, (provider) => tokens(provider, nonce === undefined ? {} : { nonce }));
      expect(end?.status).toBe(502);
      await expectNoUser(gate, 'invalid_id_token');
    }
  });

  test('unsigned', async () => {
    await using gate = await openGate(withoutUserinfo);
    const { end } = await signInWith(gate, async (provider) => {
      const answer = await tokens(provider);
      const [, payload] = answer.id_token.split('.');
      const header = Buffer.from('{"alg":"none"}').toString('base64url');
      return { ...answer, id_token: `${header}.${payload}.` };
    });
    expect(end?.status).toBe(502);
    expect(gate.events.some(({ type }) => type === 'login')).toBe(false);
  });

  test('user info about another user', async () => {
    await using gate = await openGate();
    gate.provider.instead.set('/me', (_, response) => {
      response.setHeader('content-type', 'application/json').end('{"sub":"bob","email":"bob@example.com"}');
    });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(502);
    expect(gate.events.some(({ type }) => type === 'login')).toBe(false);
  });
});

describe('the token endpoint', () => {
  const answers: [string, number, string, string, string][] = [
    ['answers 500', 500, 'text/plain', 'oops', 'provider_answer_unusable'],
    ['answers with a page', 200, 'text/html', '<h1>Hi</h1>', 'provider_answer_unusable'],
    ['answers with broken JSON', 200, 'application/json', '{"access_token":', 'provider_answer_unusable'],
    [
      'answers without an ID token',
      200,
      'application/json',
      '{"access_token":"a","token_type":"Bearer"}',
      'provider_answer_unusable',
    ],
    ['refuses the client', 401, 'application/json', '{"error":"invalid_client"}', 'token_request_refused'],
    ['refuses the code', 400, 'application/json', '{"error":"invalid_grant"}', 'token_request_refused'],
    ['redirects', 302, 'text/plain', '', 'provider_answer_unusable'],
  ];

  test.each(answers)('%s', async (_, status, type, body, code) => {
    await using gate = await openGate();
    gate.provider.instead.set('/token', (_request, response) => {
      response.writeHead(status, { 'content-type': type, location: '/token2' }).end(body);
    });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(502);
    expect(end?.body).toContain(`<code id="code">${code}</code>`);
    expect(end?.body).not.toContain('Hi</h1>');
    await expectNoUser(gate, code);
  });

  test('never ends its response: not more than 1 MiB is read', async () => {
    await using gate = await openGate();
    let hungUp = false;
    gate.provider.instead.set('/token', (_, response) => {
      response.setHeader('content-type', 'application/json').write('{');
      const timer = setInterval(() => response.write(' '.repeat(500_000)), 5);
      response.on('close', () => {
        hungUp = true;
        clearInterval(timer);
      });
    });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(502);
    expect(end?.body).toContain('an answer above 1 MiB');
    await expect.poll(() => hungUp).toBe(true);
    await expectNoUser(gate, 'provider_answer_unusable');
  });

  test('closes the connection', async () => {
    await using gate = await openGate();
    gate.provider.instead.set('/token', (request) => void request.socket.destroy());
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(502);
    await expectNoUser(gate, 'provider_unreachable');
  });

  test('sends nothing, or one byte at a time: the sign-in ends in time', async () => {
    for (const drip of [false, true]) {
      await using gate = await openGate({ options: { limits: { providerMs: 2000 } } });
      gate.provider.instead.set('/token', (_, response) => {
        if (!drip) return;
        response.setHeader('content-type', 'application/json').write('{');
        const timer = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(timer));
      });
      const callback = await walkToCallback(gate);
      const answer = await gate.browser.open(callback);
      expect(answer.status).toBe(502);
      await expectNoUser(gate, 'provider_timeout');
    }
  });

  test('several slow steps do not add up', async () => {
    await using gate = await openGate({ options: { limits: { providerMs: 3000 } } });
    for (const path of ['/token', '/jwks', '/me']) {
      gate.provider.instead.set(path, async (_, response) => {
        await new Promise((resolve) => setTimeout(resolve, 1800));
        const body = path === '/token' ? await tokens(gate.provider) : { keys: [] };
        if (!response.destroyed) response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
      });
    }
    const callback = await walkToCallback(gate);
    const answer = await gate.browser.open(callback);
    // If it went on, it would have failed for lack of a key, after the time limit.
    expect(answer.body).toContain('provider_timeout');
  });

  test('a closed session stays closed when the answer comes after it', async () => {
    await using gate = await openGate();
    const callback = await walkToCallback(gate);
    const cookie = gate.browser.cookies.get(COOKIE);
    gate.provider.instead.set('/token', async (_, response) => {
      await gate.browser.open(gate.standIn.landingPageUrl);
      response.setHeader('content-type', 'application/json').end(JSON.stringify(await tokens(gate.provider)));
    });
    gate.provider.instead.set('/me', (_, response) => {
      response.setHeader('content-type', 'application/json').end('{"sub":"ann"}');
    });
    expect(cookie).toBeDefined();
    expect((await gate.browser.open(callback)).status).toBe(400);
    expect(gate.events.some(({ type }) => type === 'login')).toBe(false);
  });
});

describe('the provider as a whole', () => {
  test('is down: an error page, and a sign-in as soon as it is back', async () => {
    await using gate = await openGate();
    gate.provider.instead.set('/.well-known/openid-configuration', (request) => void request.socket.destroy());
    const { hops, end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(hops).toHaveLength(1);
    expect(end?.status).toBe(502);
    expect(gate.events).toMatchObject([{ type: 'error', code: 'provider_unreachable' }]);
    gate.provider.instead.clear();
    expect((await gate.browser.visit(gate.standIn.homeUrl)).end?.status).toBe(200);
  });

  test('does not answer at discovery', async () => {
    await using gate = await openGate({ options: { limits: { providerMs: 300 } } });
    gate.provider.instead.set('/.well-known/openid-configuration', () => {});
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.body).toContain('provider_timeout');
  });

  test('is not the expected one, or uses plain HTTP for secrets to another host', async () => {
    for (const change of [{ issuer: 'http://localhost:1' }, { authorization_endpoint: 'http://id.example.com/auth' }]) {
      await using gate = await openGate();
      const { issuer } = gate.provider;
      gate.provider.instead.set('/.well-known/openid-configuration', (_, response) => {
        const document = { issuer, authorization_endpoint: `${issuer}/auth`, ...change };
        response.setHeader('content-type', 'application/json').end(JSON.stringify(document));
      });
      const { end } = await gate.browser.visit(gate.standIn.homeUrl);
      expect(end?.status).toBe(502);
      expect(end?.body).toContain('provider_answer_unusable');
    }
  });

  test('has no value for the username', async () => {
    await using gate = await openGate({ ann: { email: undefined } });
    const { end } = await gate.browser.visit(gate.standIn.homeUrl);
    expect(end?.status).toBe(502);
    await expectNoUser(gate, 'missing_username');
  });
});
