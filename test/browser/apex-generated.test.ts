// The stand-in is configured from the file that `portcullis apex` writes, so the test covers what a user imports.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { generateApex } from '../../src/apex/generator/generate.ts';
import type { SchemeAttributes } from '../../src/apex/stand-in/scheme-attributes.ts';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { readSchemeFile } from '../../src/cli/dev/read-scheme-file.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { openContext } from './shared-browser.ts';

describe.each(['22.1', '24.2', '26.2'])('the generated authentication scheme for APEX %s', (version) => {
  let folder: string;
  let gate: LocalGate;
  let attributes: Partial<SchemeAttributes>;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-generated-'));
    const [tenantPort = 0, loopbackPort = 0, standInPort = 0] = await freePorts(3);
    const options = {
      policy,
      tenantPort,
      loopbackPort,
      standInPort,
      dataFolder: join(folder, 'tenant'),
      keys: inject('tenantKeys'),
    };
    // The first start provides the addresses and the client id for the file.
    const first = await startLocalGate(options);
    const { standIn, clientId, tenant } = first;
    await first.close();
    const { files } = await generateApex({
      policy: { ...policy, landingPage: standIn.landingPageUrl },
      version,
      decider: 'action',
      domain: tenant.domain,
      clientId,
      baseUrl: `${standIn.url}/ords`,
      workspace: 'demo',
      application: 'gate',
      scheme: 'Auth0 "gate"',
      signedOutPage: standIn.signedOutUrl,
    });
    const file = join(folder, 'authentication-scheme.sql');
    writeFileSync(file, files.find(({ path }) => path === 'authentication-scheme.sql')?.content ?? '');
    attributes = await readSchemeFile(file);
    gate = await startLocalGate({ ...options, schemeAttributes: attributes });
  });
  afterAll(async () => {
    await gate.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    // The certificate of the tenant's domain is signed by its own CA.
    context = await openContext({ ignoreHTTPSErrors: true });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  async function signIn(address: string, name: string): Promise<void> {
    const person = gate.cast.find((one) => one.name === name);
    await page.goto(address);
    await page.fill('input[name=username]', person?.email ?? '');
    await page.fill('input[name=password]', person?.password ?? '');
    await page.click('button[name=action][value=default]');
  }

  const to = (address: string) => page.waitForURL((url) => url.pathname === new URL(address).pathname);
  const members = () => gate.standIn.homeUrl.replace(/home$/, 'members');

  it('sets the options of the stand-in', () => {
    expect(attributes).toMatchObject({
      schemeName: 'Auth0 "gate"',
      scope: 'profile,email',
      usernameAttribute: 'email',
      verifyAttributes: false,
      invalidSessionType: 'URL',
      invalidSessionUrl: gate.standIn.landingPageUrl,
      postLogout: 'URL',
      postLogoutUrl: expect.stringContaining(`https://${gate.tenant.domain}/v2/logout?`),
    });
  });

  it('signs in by a deep link, friendly or classic, and ends on the requested page', async () => {
    await signIn(`${members()}?p2_id=7`, 'Wendy');
    await to(members());
    expect(new URL(page.url()).searchParams.get('p2_id')).toBe('7');
    expect(await page.textContent('#organization')).toBe('WATER');
    await context.clearCookies();
    await signIn(`${gate.standIn.url}/ords/f?p=100:2:0::::P2_ID:8`, 'Wendy');
    await to(members());
    expect(new URL(page.url()).searchParams.get('p2_id')).toBe('8');
  });

  it('turns roles into groups, and the authorization schemes pass and fail by them', async () => {
    await signIn(gate.standIn.homeUrl, 'Una');
    await to(gate.standIn.homeUrl);
    const passes = (scheme: string) => page.getAttribute(`tr[data-scheme="${scheme}"]`, 'data-passes');
    expect(await passes('Holds APEX User')).toBe('true');
    expect(await passes('Holds ORG:WATER')).toBe('false');
    const answer = await page.goto(members());
    expect(answer?.status()).toBe(403);
    expect(await page.textContent('#scheme-message')).toContain('not a member of an organisation');
  });

  it('ends a refusal on the landing page, with the reason', async () => {
    await signIn(gate.standIn.homeUrl, 'Vera');
    await to(gate.standIn.landingPageUrl);
    expect(await page.textContent('#reason')).toMatch(/has not been confirmed/);
  });

  it('signs out at the tenant too: the next sign-in asks for credentials', async () => {
    await signIn(gate.standIn.homeUrl, 'Una');
    await to(gate.standIn.homeUrl);
    await page.click('#sign-out');
    await to(gate.standIn.signedOutUrl);
    expect(await page.textContent('main')).toContain('You are signed out');
    await page.click('#sign-in-again');
    await page.waitForURL((url) => url.pathname === '/u/login');
    expect(await page.isVisible('input[name=password]')).toBe(true);
  });
});

/** Ports that are free at this moment. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((listening) => server.once('listening', listening));
      return server;
    }),
  );
  return await Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((closed) => server.close(closed));
      return typeof address === 'object' && address !== null ? address.port : 0;
    }),
  );
}
