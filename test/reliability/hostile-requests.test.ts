import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FuzzedTenant, startFuzzedTenant } from './fuzzed-tenant.ts';

let tenant: FuzzedTenant;
let authorization = '';
beforeAll(async () => {
  tenant = await startFuzzedTenant();
  const { clientId: client_id, clientSecret: client_secret, audience } = tenant.tenant.management;
  const { text } = await tenant.send('POST', '/oauth/token', {
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret, audience }),
  });
  authorization = `authorization: Bearer ${JSON.parse(text).access_token}`;
});
afterAll(() => tenant.close());

/** Sends raw bytes that no HTTP client would send. Returns the status line, or '' if the connection was cut. */
async function raw(head: readonly string[], body: string | Buffer = '', hangUp = false): Promise<string> {
  const { host, port } = new URL(tenant.tenant.loopbackUrl);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString('latin1');
  });
  // The server may close the connection before everything is sent.
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(`${[...head, `host: ${host}`, 'connection: close'].join('\r\n')}\r\n\r\n`);
  // The server drops a request whose client hangs up first.
  if (hangUp) socket.end(body);
  else socket.write(body);
  await closed;
  return answer.split('\r\n')[0] ?? '';
}

const roles = () => tenant.manage('GET', '/roles?per_page=100');
const json = 'content-type: application/json';

describe('a body', () => {
  it('over 1 MB is refused in chunks; a body with a false length has no effect', async () => {
    const before = await roles();
    const long = `{"name":"${'x'.repeat(1_100_000)}"}`;
    const chunks = `${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`;
    const post = ['POST /api/v2/roles HTTP/1.1', authorization, json];
    expect(await raw([...post, 'transfer-encoding: chunked'], chunks)).toMatch(/^(HTTP\/1.1 413|$)/);
    expect(await raw([...post, `content-length: ${long.length}`], long)).toMatch(/^(HTTP\/1.1 413|$)/);
    expect(await raw([...post, 'content-length: 5'], '{"name":"shorter than it is"}')).toMatch(/ 400 /);
    expect(await raw([...post, 'content-length: 500'], '{"name":"longer"}', true)).toMatch(/^(HTTP\/1.1 400|$)/);
    expect(await raw([...post, 'content-length: 5', 'transfer-encoding: chunked'], '0\r\n\r\n')).toMatch(/ 400 /);
    expect(await raw([...post, 'content-length: -1'], 'x')).toMatch(/ 400 /);
    expect(await roles()).toEqual(before);
  });

  it('with the same name twice counts once, with the last value', async () => {
    const { text } = await tenant.send('POST', '/api/v2/roles', {
      body: '{"name":"first","name":"last"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(JSON.parse(text)).toMatchObject({ name: 'last' });
  });
});

describe('a path', () => {
  it.each([
    '/api/v2/roles/../../../../etc/passwd',
    '/api/v2/roles/..%2f..%2f..%2fetc%2fpasswd',
    '/api/v2/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/api/v2/roles/%00',
    '/api/v2/roles/%ff%fe',
    '/api/v2/roles/%',
    '//evil.example/api/v2/roles',
    '/api/v2\\roles',
  ])('%s leads nowhere', async (path) => {
    expect(await raw([`GET ${path} HTTP/1.1`, authorization])).toMatch(/^HTTP\/1.1 4\d\d /);
  });
});

describe('headers', () => {
  it('cannot be added through a value', async () => {
    const path = `/v2/logout?returnTo=${encodeURIComponent('http://x.example/\r\nset-cookie: a=b')}`;
    const answer = await fetch(new URL(path, tenant.tenant.loopbackUrl), { redirect: 'manual' });
    await answer.text();
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers.get('set-cookie') ?? '').not.toContain('a=b');
  });

  it('without an end are refused, as is a line without an end', async () => {
    expect(await raw(['GET /api/v2/roles HTTP/1.1', `x: ${'y'.repeat(100_000)}`])).toMatch(/^(HTTP\/1.1 4\d\d|$)/);
    expect(await raw([`GET /api/v2/roles?q=${'y'.repeat(100_000)} HTTP/1.1`])).toMatch(/^(HTTP\/1.1 4\d\d|$)/);
    expect(await raw(['GET / HTTP/1.1', 'a b: c'])).toMatch(/^HTTP\/1.1 400 /);
  });
});

it.each(["'; DROP TABLE users; --", '" OR ""="', "%' OR 1=1 --", 'a\u0000b', '\ud800', '🏳️‍🌈'])(
  '%j is a name like any other, or refused',
  async (name) => {
    const encoded = encodeURIComponent(name.toWellFormed());
    for (const path of [
      `/users?q=${encoded}`,
      `/users?q=email:${encoded}`,
      `/users?sort=${encoded}:1`,
      `/users-by-email?email=${encoded}`,
      `/roles?name_filter=${encoded}`,
      `/roles/${encoded}`,
      `/logs?q=${encoded}`,
      `/connections?name=${encoded}`,
    ]) {
      expect((await tenant.send('GET', `/api/v2${path}`)).status, path).toBeLessThan(500);
    }
    const { status, text } = await tenant.send('POST', '/api/v2/roles', {
      body: JSON.stringify({ name, description: name }),
      headers: { 'content-type': 'application/json' },
    });
    expect(status).toBeLessThan(500);
    if (status === 200) expect(JSON.parse(text).name.toWellFormed()).toBe(name.toWellFormed());
    expect(await tenant.signIn()).toBe(200);
  },
);
