import { mkdtempSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleAction } from '../../src/action/bundle.ts';
import type { Person } from '../../src/cli/dev/cast.ts';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { atBrowser } from '../../src/cli/dev/person-at-browser.ts';
import { GATE_NAME } from '../../src/deployment/desired-state.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { issueServerCertificate } from '../../src/tenant/certificate-authority.ts';
import { gatePolicy as policy } from '../gate-policy.ts';
import { untilBuilt } from '../until.ts';

const token: RequestListener = (_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ access_token: 'a-token', expires_in: 86_400, token_type: 'Bearer' }));
};
const status =
  (code: number): RequestListener =>
  (_request, response) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ statusCode: code }));

/** The answers of the Management API to the assignment of a role. The token endpoint works unless a fault replaces it. */
const FAULTS: Readonly<Record<string, { assign: RequestListener; token?: RequestListener }>> = {
  'refuses the credentials': { assign: status(500), token: status(401) },
  'answers 401': { assign: status(401) },
  'answers 403': { assign: status(403) },
  'answers 429 for ever': { assign: status(429) },
  'answers 500': { assign: status(500) },
  'answers garbage': {
    assign: (_request, response) => response.end('<html>{"users":'),
  },
  'cuts the connection': { assign: (request) => request.socket.destroy() },
  'says nothing': { assign: () => {} },
  'answers when the Action has given up': {
    assign: (_request, response) => response.once('close', () => response.end('{}')),
  },
};

describe('a first visit while the Management API', () => {
  let folder: string;
  let gate: LocalGate;
  let server: Server;
  let fault = FAULTS['answers 500'];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'portcullis-faults-'));
    gate = await startLocalGate({ policy, tenantPort: 0, loopbackPort: 0, standInPort: 0, dataFolder: folder });
    // The tenant's own authority issues the certificate, so the Action trusts the server as the tenant.
    const { key, certificate } = await issueServerCertificate(dirname(gate.tenant.caFile));
    server = createServer({ key, cert: certificate }, (request, response) => {
      const answer = request.url === '/oauth/token' ? (fault?.token ?? token) : fault?.assign;
      request.resume();
      answer?.(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await askThere('refuse');
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await gate.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => server.closeAllConnections());

  /** Deploys the policy's Action again, with the faulty server as the tenant's domain. */
  async function askThere(onFailure: Policy['onFailure']): Promise<void> {
    const roleIds: Record<string, string> = {};
    for await (const { id = '', name = '' } of await gate.management.roles.list()) roleIds[name] = id;
    const [action] = (await gate.management.actions.list({ actionName: GATE_NAME })).data;
    const loopback = new URL(gate.tenant.loopbackUrl);
    const { code } = await bundleAction(
      { ...gate.policy(), onFailure },
      {
        domain: `localhost:${(server.address() as AddressInfo).port}`,
        clientId: action?.code?.match(/clientId: '([^']+)'/)?.[1] ?? '',
        roleIds,
        logoutOrigins: { [loopback.host]: loopback.origin },
      },
    );
    const id = action?.id ?? '';
    await gate.management.actions.update(id, { code });
    await untilBuilt(() => gate.management.actions.get(id));
    await gate.management.actions.deploy(id);
  }

  const person = (name: string): Person => {
    const found = gate.cast.find((one) => one.name === name);
    if (found === undefined) throw new Error(`There is no user ${name}.`);
    return found;
  };

  it.each(Object.keys(FAULTS))('%s ends on the landing page, and the next login succeeds', async (name) => {
    fault = FAULTS[name];
    const una = await atBrowser(person('Una'), gate.standIn).visit();
    expect(una.arrival).toBe('landing-page');
    expect(una.page.url.searchParams.get('reason')).toBe('assignment_failed');
    const [user] = await gate.management.users.listUsersByEmail({ email: person('Una').email });
    expect((await gate.management.users.roles.list(user?.user_id ?? '')).data).toEqual([]);
    // A user who needs no role does not notice.
    expect((await atBrowser(person('Wendy'), gate.standIn).visit()).arrival).toBe('home');
  });

  it('answers 500 lets in a user without a role if the policy says so, and no other user', async () => {
    fault = FAULTS['answers 500'];
    await askThere('admit');
    const una = await atBrowser(person('Una'), gate.standIn).visit();
    expect(una.arrival).toBe('home');
    expect(una.page.body).not.toContain('data-role="APEX User"');
    expect((await atBrowser(person('Vera'), gate.standIn).visit()).arrival).toBe('landing-page');
  });
});
