import { ManagementClient } from 'auth0';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../src/policy/decide.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { createHttpBrowser } from '../../src/testing/http-browser.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';
import { until } from '../until.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

const { defaultRole: _, ...strict } = gatePolicy;
const PEOPLE = [
  { email: 'ann@water.example', verified: true },
  { email: 'una@elsewhere.example', verified: true },
  { email: 'nina@elsewhere.example', verified: false },
];

interface Entry {
  readonly email: string;
  readonly ended: 'admitted' | 'refused' | 'other';
  readonly said: string;
}

/** Users sign in while a policy is being applied: each meets the old policy or the new one, never none and never half of one. */
describe('sign-ins in the middle of apply', () => {
  let local: DeployedTenant;
  let party: RelyingParty;
  beforeAll(async () => {
    local = await startDeployedTenant();
    await local.apply(strict);
    for (const { email, verified } of PEOPLE) await local.person(email, { verified });
    const { client_secret: clientSecret = '', callbacks = [] } = await local.management.clients.get(local.application);
    party = { issuer: local.tenant.url, clientId: local.application, clientSecret, redirectUri: callbacks[0] ?? '' };
  });
  afterAll(() => local.tenant.close());

  const enter = async (email: string): Promise<Entry> => {
    try {
      await signIn(party, { username: email, password: 'A-long-passw0rd!' }, createHttpBrowser());
      return { email, ended: 'admitted', said: '' };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // A refused user ends at the landing page, where nothing listens here.
      return { email, ended: /refused|ECONNREFUSED|fetch failed/i.test(message) ? 'refused' : 'other', said: message };
    }
  };
  /** A client that signs in users before each request that may change something. */
  const clientThrough = (beforeWrite: () => Promise<void>) =>
    new ManagementClient({
      domain: local.tenant.domain,
      clientId: local.tenant.management.clientId,
      clientSecret: local.tenant.management.clientSecret,
      telemetry: false,
      fetch: async (input, init) => {
        const { method, url } = new Request(input, init);
        if (method !== 'GET' && !url.endsWith('/oauth/token')) await beforeWrite();
        return fetch(input, init);
      },
    });
  const admits = (policy: Policy, email: string) => {
    const emailVerified = PEOPLE.find((one) => one.email === email)?.verified === true;
    return decide(policy, { application: 'APEX', email, emailVerified, roles: [] }).outcome === 'admit';
  };

  it.each([
    ['from strict to lenient', strict, gatePolicy],
    ['and back, with everybody’s roles taken away', gatePolicy, strict],
  ])(
    '%s: only users that one of the policies lets in get in, and no user gets an error',
    async (_name, before, after) => {
      for await (const { user_id = '' } of await local.management.users.list()) {
        const roles = (await local.management.users.roles.list(user_id)).data.flatMap(({ id }) => id ?? []);
        if (roles.length > 0) await local.management.users.roles.delete(user_id, { roles });
      }
      const entries: Entry[] = [];
      let applying = true;
      const crowd = PEOPLE.map(async ({ email }) => {
        while (applying) entries.push(await enter(email));
      });
      const timesOf = (email: string) => entries.filter((entry) => entry.email === email).length;
      let writes = 0;
      const client = clientThrough(async () => {
        writes += 1;
        // With two sign-ins that end from now on, one has begun after the previous write.
        const before = PEOPLE.map(({ email }) => timesOf(email));
        await until(() => PEOPLE.every(({ email }, at) => timesOf(email) >= (before[at] ?? 0) + 2));
      });
      await local.apply(after, client).finally(() => {
        applying = false;
      });
      await Promise.all(crowd);
      console.info(`sign-ins during apply: ${entries.length} around ${writes} writes`);
      expect(writes).toBeGreaterThan(1);
      expect(entries.filter(({ ended }) => ended === 'other')).toEqual([]);
      // A user who got a role while the lenient policy ran keeps it afterwards.
      const let_in = new Set(entries.filter(({ ended }) => ended === 'admitted').map(({ email }) => email));
      for (const email of let_in) expect(admits(before, email) || admits(after, email), email).toBe(true);
      expect(let_in).toContain('ann@water.example');
      expect(let_in).not.toContain('nina@elsewhere.example');
    },
  );
});
