import { request } from 'node:http';
import { expect, test } from 'vitest';
import { openGate, page } from './gate.ts';
import { ROLES } from './openid-provider.ts';

const HOSTILE = `<script>alert("1")</script>' onclick='x`;

test('every value of a claim is text on the page', async () => {
  await using gate = await openGate({
    ann: { email: `${HOSTILE}@example.com`, name: HOSTILE, [ROLES]: [`ORG:${HOSTILE}`] },
  });
  for (const alias of ['home', 'members']) {
    const { end } = await gate.browser.visit(page(gate, alias));
    expect(end?.status).toBe(200);
    expect(end?.body).not.toContain('<script');
    expect(end?.body).not.toContain("' onclick='");
    expect(end?.body).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  }
});

test('every response forbids scripts, framing, caching and passing the address on', async () => {
  await using gate = await openGate();
  const addresses = [
    gate.standIn.homeUrl,
    gate.standIn.landingPageUrl,
    page(gate, 'nowhere'),
    `${gate.standIn.callbackUrl}?x=1`,
    gate.standIn.callbackUrl,
    `${gate.standIn.url}/nowhere`,
  ];
  for (const address of addresses) {
    const { headers } = await gate.browser.open(address);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  }
});

test('pages have landmarks, a language, one heading of the first level, and a stylesheet that is served', async () => {
  await using gate = await openGate();
  await gate.browser.visit(gate.standIn.homeUrl);
  for (const alias of ['home', 'members', 'login', 'signed-out', 'refused', 'nowhere']) {
    const { body } = await gate.browser.open(page(gate, alias));
    expect(body).toContain('<html lang="en">');
    expect(body.match(/<h1[ >]/g)).toHaveLength(1);
    expect(body).toContain('<main id="main"');
    expect(body).not.toMatch(/\sstyle=|<script|undefined|\[object/);
  }
  const { status, headers } = await gate.browser.open(`${gate.standIn.url}/ords/stand-in.css`);
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/css');
});

test('the root leads to the home page; workspace, application and page must be known', async () => {
  await using gate = await openGate();
  const root = await gate.browser.open(gate.standIn.url);
  expect(root.headers.get('location')).toBe(gate.standIn.homeUrl);
  for (const path of [
    '/ords/r/other/gate/home',
    '/ords/r/demo/other/home',
    '/ords/r/demo/gate/other',
    '/ords/f',
    '/x',
  ]) {
    expect((await gate.browser.open(gate.standIn.url + path)).status).toBe(404);
  }
  expect((await gate.browser.open(`${gate.standIn.url}/ords/r/demo/gate`)).status).toBe(302);
});

test('another host name gets no page: cookie and callback belong to one', async () => {
  await using gate = await openGate();
  const { port } = new URL(gate.standIn.url);
  const open = (path: string) =>
    new Promise((resolve, reject) => {
      const headers = { host: `attacker.example.com:${port}` };
      request({ host: '127.0.0.1', port, path, headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once('error', reject)
        .end();
    });
  expect(await open('/ords/r/demo/gate/home')).toBe(421);
  // The page that reports it is a page like the others.
  expect(await open('/ords/stand-in.css')).toBe(200);
});

test('an observer that fails does not get in the way, and receives no e-mail address and no token', async () => {
  const heard: string[] = [];
  const onEvent = (event: unknown) => {
    heard.push(JSON.stringify(event));
    throw new Error('observer');
  };
  await using gate = await openGate({ options: { onEvent } });
  expect((await gate.browser.visit(gate.standIn.homeUrl)).end?.status).toBe(200);
  expect(heard).toHaveLength(1);
  expect(heard.join()).not.toMatch(/@|eyJ/);
});
