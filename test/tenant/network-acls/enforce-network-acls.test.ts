import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import type { ManagementClient } from 'auth0';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Tenant } from '../../../src/tenant/tenant.ts';
import { startLocalTenant } from '../../local-tenant.ts';
import { until } from '../../until.ts';
import { emptySite, rawRequest } from '../raw-request.ts';

type List = Parameters<ManagementClient['networkAcls']['create']>[0];

let tenant: Tenant;
let management: ManagementClient;
const created: string[] = [];
beforeAll(async () => {
  ({ tenant, management } = await startLocalTenant({
    console: { site: emptySite },
    loopbackGeoip: { countryCode: 'DE' },
  }));
});
afterEach(async () => {
  for (const id of created.splice(0)) await management.networkAcls.delete(id);
});
afterAll(() => tenant.close());

/** Every test has a user agent of its own, so that no list is for the SDK. */
async function add(rule: List['rule'], members: Partial<List> = {}): Promise<string> {
  await management.networkAcls.create({ description: 'no robots', active: true, priority: 10, rule, ...members });
  // The creation answers without a body, as on Auth0.
  const { data } = await management.networkAcls.list();
  const id = data.map((one) => one.id).find((one) => one !== undefined && !created.includes(one));
  if (id === undefined) throw new Error('The list was not created.');
  created.push(id);
  return id;
}

const send = (url: string, headers: Record<string, string> = {}, localAddress?: string, method = 'GET') => {
  const { origin, pathname, search } = new URL(url);
  return rawRequest(origin, `${pathname}${search}`, { headers, method, localAddress });
};
const statusOf = async (...sent: Parameters<typeof send>) => (await send(...sent)).statusCode;
const robot = { 'user-agent': 'robot' };

describe('a network ACL that is in force', () => {
  it('blocks what it matches, on both domains, and says which list it is', async () => {
    const id = await add({ action: { block: true }, match: { user_agents: ['robot'] }, scope: 'tenant' });
    for (const domain of [tenant.url, tenant.loopbackUrl]) {
      for (const path of ['.well-known/openid-configuration', 'authorize?client_id=x', 'oauth/token', 'api/v2/roles']) {
        expect(await statusOf(`${domain}${path}`, robot), path).toBe(403);
        expect(await statusOf(`${domain}${path}`, { 'user-agent': 'person' }), path).not.toBe(403);
      }
    }
    const message = `The network ACL "no robots" (${id}) refuses 127.0.0.1. To change it, start the tenant with --ignore-network-acls.`;
    expect(await json(await send(`${tenant.url}api/v2/roles`, robot))).toEqual({
      statusCode: 403,
      error: 'Forbidden',
      message,
      errorCode: 'access_denied',
    });
    expect(await json(await send(`${tenant.url}oauth/token`, robot, undefined, 'POST'))).toEqual({
      error: 'access_denied',
      error_description: message,
    });
  });

  it('shows a browser a page, with its style sheet', async () => {
    await add({ action: { block: true }, match: { user_agents: ['robot'] }, scope: 'authentication' });
    const response = await send(`${tenant.url}authorize`, { ...robot, accept: 'text/html,*/*' });
    expect([response.statusCode, response.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);
    expect(response.headers['content-security-policy']).toContain("default-src 'none'");
    const html = await text(response);
    expect(html).toContain('The network ACL &quot;no robots&quot;');
    const [, stylesheet = ''] = /<link rel="stylesheet" href="\/([^"]+)"/.exec(html) ?? [];
    expect(await statusOf(`${tenant.url}${stylesheet}`, robot)).toBe(200);
  });

  it('is for the endpoints of its scope, and never for the console', async () => {
    await add({ action: { block: true }, match: { user_agents: ['robot'] }, scope: 'management' });
    expect(await statusOf(`${tenant.url}api/v2/roles`, robot)).toBe(403);
    expect(await statusOf(`${tenant.url}scim/v2/connections/con_1/Users`, robot)).toBe(403);
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, robot)).toBe(200);
    await add({ action: { block: true }, match: { user_agents: ['robot'] }, scope: 'tenant' });
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, robot)).toBe(403);
    expect(await statusOf(`${tenant.loopbackUrl}console`, robot)).toBe(200);
  });

  it('redirects', async () => {
    const redirect_uri = 'https://restrictions.example/policy';
    await add({ action: { redirect: true, redirect_uri }, match: { user_agents: ['robot'] }, scope: 'tenant' });
    const response = await send(`${tenant.url}authorize`, robot);
    expect([response.statusCode, response.headers.location]).toEqual([302, redirect_uri]);
  });

  it.each(['https://blocked.example/\u2026', 'https://\u4f8b\u3048.example/'])(
    'redirects to %s, whatever its letters',
    async (redirect_uri) => {
      await add({ action: { redirect: true, redirect_uri }, match: { user_agents: ['robot'] }, scope: 'tenant' });
      const response = await send(`${tenant.url}authorize`, robot);
      expect([response.statusCode, response.headers.location]).toEqual([302, new URL(redirect_uri).href]);
    },
  );

  it('refuses if it is to redirect to something that is no address', async () => {
    const action = { redirect: true as const, redirect_uri: 'x\r\ny' };
    await add({ action, match: { user_agents: ['robot'] }, scope: 'tenant' });
    expect(await statusOf(`${tenant.url}authorize`, robot)).toBe(403);
  });

  it('is forgotten with what it counted when the tenant goes back to a snapshot', async () => {
    const before = await tenant.snapshot();
    await add({ action: { log: true }, match: { user_agents: ['robot'] }, scope: 'tenant' }, { description: 'gone' });
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, robot)).toBe(200);
    await tenant.restore(before);
    created.length = 0;
    const after = await tenant.snapshot();
    expect(Buffer.from(after).includes('Network ACL "gone"')).toBe(false);
  });

  it('lets in before one with a higher number, and only logs if it says so', async () => {
    const match = { user_agents: ['robot'] };
    const watching = await add(
      { action: { log: true }, match, scope: 'tenant' },
      { priority: 1, description: 'watch' },
    );
    await add({ action: { block: true }, match, scope: 'tenant' }, { priority: 20 });
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, robot)).toBe(403);
    await add({ action: { allow: true }, match, scope: 'tenant' }, { priority: 2, description: 'let in' });
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, robot)).toBe(200);
    const summary = async () => {
      const { data } = await management.logs.list({ search: 'type:acls_summary' });
      return data.find(({ details }) => JSON.stringify(details).includes(watching));
    };
    await until(async () => (await summary()) !== undefined);
    expect(await summary()).toMatchObject({
      description: expect.stringMatching(/^Network ACL "watch" matched \d requests?\.$/),
      hostname: tenant.domain,
      details: { acls_summary: { acl_id: watching, description: 'watch', priority: 1, action: { log: true } } },
    });
  });

  it('has no effect while it is not active', async () => {
    const id = await add({ action: { block: true }, match: { user_agents: ['robot'] }, scope: 'tenant' });
    await management.networkAcls.update(id, { active: false });
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, robot)).toBe(200);
  });

  it('knows the country that this machine was given', async () => {
    await add({
      action: { block: true },
      match: { geo_country_codes: ['DE'], user_agents: ['robot'] },
      scope: 'tenant',
    });
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, robot)).toBe(403);
  });

  // Other systems have one loopback address.
  it.runIf(process.platform === 'linux')('compares the address of the request', async () => {
    await add({ action: { block: true }, not_match: { ipv4_cidrs: ['127.0.0.1/32'] }, scope: 'tenant' });
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, {}, '127.0.0.1')).toBe(200);
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`, {}, '127.0.0.2')).toBe(403);
  });

  it('of a real tenant, which lets in other networks only, does not shut this machine out', async () => {
    await add({ action: { block: true }, not_match: { ipv4_cidrs: ['203.0.113.0/24'] }, scope: 'tenant' });
    expect(await statusOf(`${tenant.url}api/v2/roles`)).toBe(401);
    expect(await statusOf(`${tenant.url}.well-known/jwks.json`)).toBe(200);
  });
});

describe('an operator who is shut out by a network ACL', () => {
  it('starts the tenant without the lists, and changes them', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'shut-out-'));
    try {
      const first = await startLocalTenant({ dataFolder });
      const rule: List['rule'] = { action: { block: true }, match: { ipv4_cidrs: ['127.0.0.0/8'] }, scope: 'tenant' };
      await first.management.networkAcls.create({ description: 'all', active: true, priority: 1, rule });
      await expect(first.management.roles.list()).rejects.toMatchObject({ statusCode: 403 });
      await first.tenant.close();

      const second = await startLocalTenant({ dataFolder, ignoreNetworkAcls: true });
      const lists = (await second.management.networkAcls.list()).data;
      expect(lists.map(({ description }) => description)).toEqual(['all']);
      for (const { id = '' } of lists) await second.management.networkAcls.delete(id);
      await second.tenant.close();

      const third = await startLocalTenant({ dataFolder });
      expect((await third.management.roles.list()).data).toEqual([]);
      await third.tenant.close();
    } finally {
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });
});
