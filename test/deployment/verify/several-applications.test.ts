import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DesiredState } from '../../../src/deployment/desired-state.ts';
import { putPolicy } from '../../../src/deployment/put-policy.ts';
import { type CheckResult, verifyDeployment } from '../../../src/deployment/verify/verify-deployment.ts';
import { verifyFacts } from '../../../src/deployment/verify/verify-facts.ts';
import type { Policy } from '../../../src/policy/policy.ts';
import { gatePolicy } from '../../gate-policy.ts';
import { type DeployedTenant, startDeployedTenant } from '../deployed-tenant.ts';

describe('verify with two guarded applications', () => {
  let local: DeployedTenant;
  let pages: Server;
  let policy: Policy;
  let hr: string;
  /** Paths that begin a sign-in. */
  const protectedPages = new Set<string>();
  beforeAll(async () => {
    pages = createServer((request, response) => {
      const path = new URL(request.url ?? '', 'http://localhost').pathname;
      response.writeHead(protectedPages.has(path) ? 302 : 200, {
        location: `https://${local.tenant.domain}/authorize`,
      });
      response.end();
    }).listen(0, '127.0.0.1');
    await once(pages, 'listening');
    const at = `http://localhost:${(pages.address() as AddressInfo).port}`;
    policy = {
      ...gatePolicy,
      applications: ['APEX', 'HR'],
      landingPage: `${at}/app/refused`,
      landingPages: { HR: `${at}/hr/refused` },
      admit: [{ rule: 'personnel', when: { application: ['HR'] }, roles: ['HR User'] }],
    };
    local = await startDeployedTenant();
    const { client_id = '' } = await local.management.clients.create({
      name: 'HR',
      app_type: 'regular_web',
      grant_types: ['authorization_code'],
      token_endpoint_auth_method: 'client_secret_post',
    });
    hr = client_id;
    for await (const connection of await local.management.connections.list()) {
      await local.management.connections.clients.update(connection.id ?? '', [{ client_id: hr, status: true }]);
    }
    await local.apply(policy);
  });
  afterAll(async () => {
    pages.close();
    await local.tenant.close();
  });

  const verify = async (desired: DesiredState = local.wanted(policy)): Promise<Map<string, CheckResult>> => {
    const facts = verifyFacts(local.management, desired, () => Promise.resolve([]));
    const results = new Map<string, CheckResult>();
    const explain = (error: unknown) => ({ message: String(error), remedy: 'look' });
    for await (const result of verifyDeployment(facts, { skip: ['credential_scopes'], explain }))
      results.set(result.id, result);
    return results;
  };
  const failing = (results: ReadonlyMap<string, CheckResult>, id: string) =>
    results.get(id)?.findings.flatMap(({ status, looked }) => (status === 'fail' ? [looked] : []));
  /** The checks of every application, which name it. */
  const each = ['application_confidential', 'application_grants', 'callback_urls', 'logout_urls'];

  it('checks each, and names it', async () => {
    const results = await verify();
    for (const id of each) {
      expect(results.get(id)?.status, id).toBe('pass');
      const names = results.get(id)?.findings.map(({ looked }) => /^"(\w+)": /.exec(looked)?.[1]);
      expect(names?.sort(), id).toEqual(['APEX', 'HR']);
    }
    expect(results.get('landing_page_public')?.findings.map(({ looked }) => looked)).toEqual([
      expect.stringMatching(/^http:\S+\/app\/refused\S* answers 200$/),
      expect.stringMatching(/^"HR": http:\S+\/hr\/refused\S* answers 200$/),
    ]);
    expect(results.get('guard_kept')?.findings[0]?.looked).toMatch(/"APEX" .*"HR"/);
  });

  it('fails for the application whose own landing page begins a sign-in, and for no other', async () => {
    protectedPages.add('/hr/refused');
    expect(failing(await verify(), 'landing_page_public')).toEqual([
      expect.stringMatching(/^"HR": .* redirects to the sign-in/),
    ]);
    protectedPages.clear();
  });

  it('fails for the application that does not allow its own landing page', async () => {
    const { allowed_logout_urls: allowed = [] } = await local.management.clients.get(hr);
    expect(allowed).toContain(policy.landingPages?.HR);
    await local.management.clients.update(hr, {
      allowed_logout_urls: allowed.filter((url) => url !== policy.landingPages?.HR),
    });
    expect(failing(await verify(), 'logout_urls')).toEqual([`"HR": missing: ${policy.landingPages?.HR}`]);
    await local.apply(policy);
    expect(failing(await verify(), 'logout_urls')).toEqual([]);
  });

  it('puts the signed-out page of an application at that application, and misses it there alone', async () => {
    const page = new URL('/hr/signed-out', policy.landingPage).href;
    const desired = { ...local.wanted(policy), signedOutPages: { HR: page } };
    expect(failing(await verify(desired), 'logout_urls')).toEqual([`"HR": missing: ${page}`]);
    await putPolicy(local.management, policy, desired);
    const results = await verify(desired);
    expect(failing(results, 'logout_urls')).toEqual([]);
    expect(results.get('signed_out_page_public')?.findings.map(({ looked }) => looked)).toEqual([
      `${page} answers 200`,
    ]);
    expect((await local.management.clients.get(local.application)).allowed_logout_urls).not.toContain(page);
    protectedPages.add('/hr/signed-out');
    expect(failing(await verify(desired), 'signed_out_page_public')).toEqual([
      expect.stringContaining('redirects to the sign-in'),
    ]);
    protectedPages.clear();
  });

  it('fails for the application that is used without the authorization code', async () => {
    await local.management.clients.update(hr, { grant_types: ['implicit'] });
    expect(failing(await verify(), 'application_grants')).toEqual(['"HR": implicit']);
    await local.management.clients.update(hr, { grant_types: ['authorization_code'] });
  });
});
