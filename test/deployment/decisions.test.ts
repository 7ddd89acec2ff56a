import { ManagementClient } from 'auth0';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countDecision, noDecisions } from '../../src/deployment/decisions/decision-stats.ts';
import { gateHistory, reasonOfAddress, reasonOfMessage } from '../../src/deployment/decisions/gate-history.ts';
import type { LoginDecision } from '../../src/deployment/decisions/login-decision.ts';
import { readDecisions } from '../../src/deployment/decisions/read-decisions.ts';
import { gatePolicy } from '../gate-policy.ts';
import { type RelyingParty, signIn } from '../sign-in-with-openid-client.ts';
import { type DeployedTenant, startDeployedTenant } from './deployed-tenant.ts';

const PASSWORD = 'A-long-passw0rd!';
type Entry = { readonly type: string; readonly details: { return_to: string } };
const CALLBACK = 'https://apex.test/ords/apex_authentication.callback';

describe('the decisions of the gate, read from the log', () => {
  let local: DeployedTenant;
  let party: RelyingParty;
  const since = new Date(Date.now() - 60_000);
  beforeAll(async () => {
    local = await startDeployedTenant();
    await local.apply();
    await local.person('ann@water.example');
    await local.person('una@elsewhere.example');
    await local.person('nina@elsewhere.example', { verified: false });
    const { client_secret: clientSecret = '' } = await local.management.clients.get(local.application);
    party = { issuer: local.tenant.url, clientId: local.application, clientSecret, redirectUri: CALLBACK };
  });
  afterAll(() => local.tenant.close());

  const enter = (username: string, parameters: Record<string, string> = {}) =>
    signIn({ ...party, parameters }, { username, password: PASSWORD }).catch((error: unknown) => error);
  const through = (meddle: (response: Response, path: string) => Promise<Response> | Response) => {
    const { clientId, clientSecret } = local.tenant.management;
    return new ManagementClient({
      domain: local.tenant.domain,
      clientId,
      clientSecret,
      telemetry: false,
      fetch: async (input, init) =>
        meddle(await fetch(input, init), new URL(input instanceof Request ? input.url : input).pathname),
    });
  };
  const read = async (management = local.management): Promise<LoginDecision[]> => {
    const decisions: LoginDecision[] = [];
    const history = await gateHistory(management);
    for await (const some of readDecisions(management, history, { since, follow: false })) decisions.push(...some);
    return decisions;
  };

  it('have the reason, the assigned roles and the time of users who were let in, and the reason of refused users', async () => {
    await enter('ann@water.example');
    await enter('una@elsewhere.example');
    await enter('nina@elsewhere.example');
    // If no page can be shown, the refusal is an error, and the log has its message.
    await enter('nina@elsewhere.example', { prompt: 'none' });
    const decisions = await read();
    expect(decisions).toMatchObject([
      { userName: 'ann@water.example', outcome: 'admit', reason: 'organization_domain', assigned: ['ORG:WATER'] },
      { userName: 'una@elsewhere.example', outcome: 'admit', reason: 'default_role', source: 'console' },
      { userName: 'nina@elsewhere.example', outcome: 'refuse', reason: 'unverified_email', source: 'policy_now' },
      // A login without a session is an error, not a decision.
      { outcome: 'error', cause: expect.stringMatching(/login/i) },
    ]);
    for (const { ms } of decisions.slice(0, 2)) expect(ms).toBeGreaterThanOrEqual(0);
  });

  it('have the assigned roles from the log of writes on a tenant that does not return the Action’s console', async () => {
    const silent = through(async (response, path) => {
      if (!path.includes('/actions/executions/')) return response;
      const body = (await response.json()) as { results: { response: { logs?: string } }[] };
      for (const result of body.results) delete result.response.logs;
      return Response.json(body);
    });
    const [ann, una] = await read(silent);
    expect(ann).toMatchObject({ outcome: 'admit', reason: undefined, source: undefined, assigned: ['ORG:WATER'] });
    expect(una).toMatchObject({ outcome: 'admit', assigned: ['APEX User'] });
    expect(una?.ms).toBeGreaterThanOrEqual(0);
  });

  it('do not report an open gate if the execution is no longer stored', async () => {
    const forgetful = through((response, path) =>
      path.includes('/actions/executions/')
        ? Response.json({ statusCode: 404, message: 'That execution does not exist.' }, { status: 404 })
        : response,
    );
    expect((await read(forgetful))[0]).toMatchObject({ outcome: 'admit', reason: undefined, ms: undefined });
  });

  it('report an open gate if the Action did not run', async () => {
    await local.management.actions.triggers.bindings.updateMany('post-login', { bindings: [] });
    await enter('nina@elsewhere.example');
    await local.apply();
    expect((await read()).at(-1)).toMatchObject({ outcome: 'admit', reason: 'no_gate' });
  });

  it('have the reason from the address if the tenant logs all of it', async () => {
    const whole = through(async (response, path) => {
      if (!path.endsWith('/logs')) return response;
      const body = (await response.json()) as Entry[] | { logs: Entry[] };
      for (const entry of Array.isArray(body) ? body : body.logs) {
        if (entry.type === 'slo') entry.details.return_to += '?reason=assignment_failed';
      }
      return Response.json(body);
    });
    expect((await read(whole)).find(({ outcome }) => outcome === 'refuse')).toMatchObject({
      reason: 'assignment_failed',
      source: 'landing_page',
    });
    expect(reasonOfAddress(`${gatePolicy.landingPage}?reason=constructor`)).toBeUndefined();
    const history = { ruleSentences: new Set(['Ask personnel.']) };
    expect(reasonOfMessage('anything', history)).toBeUndefined();
    expect(reasonOfMessage('Ask personnel.', history)).toBe('refuse_rule');
  });

  it('come from every entry once, regardless of the number of pages, and continue with new entries', async () => {
    for (let count = 0; count < 230; count += 1) await local.management.roles.create({ name: `Role ${count}` });
    await enter('una@elsewhere.example');
    const before = await read();
    expect(new Set(before.map(({ id }) => id)).size).toBe(before.length);
    expect(before.at(-1)).toMatchObject({ userName: 'una@elsewhere.example', reason: 'default_role_holder' });

    const stop = new AbortController();
    const history = await gateHistory(local.management);
    const reading = { since: new Date(), follow: true, signal: stop.signal, pollMs: 20 };
    const followed: LoginDecision[] = [];
    const following = (async () => {
      for await (const some of readDecisions(local.management, history, reading)) followed.push(...some);
    })();
    await enter('ann@water.example');
    await expect.poll(() => followed.length).toBe(1);
    stop.abort();
    await expect(following).rejects.toThrow(/abort/i);
    expect(followed[0]).toMatchObject({ userName: 'ann@water.example', reason: 'organization_member' });
  });

  it('are summarised in little memory', () => {
    const stats = noDecisions();
    for (let ms = 1; ms <= 1000; ms += 1) {
      countDecision(stats, {
        id: String(ms),
        at: '2026-01-01T00:00:00.000Z',
        outcome: 'admit',
        reason: 'default_role',
        source: 'console',
        userId: 'auth0|1',
        userName: undefined,
        application: 'APEX',
        applicationName: undefined,
        assigned: ['__proto__'],
        ms,
        calls: 1,
        cause: undefined,
        facts: { connection: undefined, ip: undefined, country: undefined, organization: [], mfa: false },
      });
    }
    expect(stats).toMatchObject({ admitted: 1000, timed: 1000, totalMs: 500_500 });
    expect(Object.entries(stats.given)).toEqual([['__proto__', 1000]]);
    expect(stats.slowest.map(({ ms }) => ms)).toEqual([1000, 999, 998, 997, 996, 995, 994, 993, 992, 991]);
  });
});
