// Visitors that the policy refuses try every way to tokens of the guarded application.
import { readFileSync } from 'node:fs';
import type { ManagementClient } from 'auth0';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/policy/policy.ts';
import { createHttpBrowser, type HttpBrowser, type Page } from '../../src/testing/http-browser.ts';
import { type DeployedTenant, startDeployedTenant } from '../deployment/deployed-tenant.ts';
import { gatePolicy } from '../gate-policy.ts';
import {
  ADMITTED_VISITOR,
  type GateVisitor,
  type Parameters,
  REFUSED_VISITORS,
  REQUESTS,
} from './ways-round-the-gate.ts';

const PASSWORD = 'A-long-passw0rd!';
const CALLBACK = 'https://apex.test/ords/apex_authentication.callback';
const { defaultRole: _, ...strict } = gatePolicy;
const policy: Policy = { ...strict, claim: 'https://apex.test/roles', landingPage: 'https://apex.test/refused' };
const PASSWORD_REALM = 'http://auth0.com/oauth/grant-type/password-realm';

describe('the gate', () => {
  let local: DeployedTenant;
  let management: ManagementClient;
  let secret: string;
  let other: { client_id: string; callback: string };
  beforeAll(async () => {
    local = await startDeployedTenant();
    ({ management } = local);
    const guarded = await management.clients.update(local.application, {
      callbacks: [CALLBACK],
      web_origins: ['https://apex.test'],
      allowed_logout_urls: [policy.landingPage],
      grant_types: ['authorization_code', 'implicit', 'refresh_token', 'password', PASSWORD_REALM],
    });
    secret = guarded.client_secret ?? '';
    await management.resourceServers.create({ identifier: 'https://api.test', allow_offline_access: true });
    const callback = 'https://other.test/callback';
    const { client_id = '' } = await management.clients.create({
      name: 'Other',
      app_type: 'regular_web',
      callbacks: [callback],
    });
    for await (const connection of await management.connections.list()) {
      await management.connections.clients.update(connection.id ?? '', [{ client_id, status: true }]);
    }
    other = { client_id, callback };
    await local.apply(policy);
  });
  afterAll(() => local.tenant.close());

  const tried = { ways: new Set<string>(), attempts: 0, through: [] as string[] };

  /** The authorization request of an application. */
  function authorize(parameters: Parameters, client = { client_id: local.application, callback: CALLBACK }): URL {
    const url = new URL('authorize', local.tenant.url);
    const all: Parameters = {
      client_id: client.client_id,
      redirect_uri: client.callback,
      response_type: 'code',
      scope: 'openid profile email',
      state: 's-0',
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined) url.searchParams.set(name, value.replace('TENANT', local.tenant.url));
    }
    return url;
  }

  /** Types the name and the password if the tenant asks for them. */
  async function pass(browser: HttpBrowser, start: URL, email: string, stopAt = 'https://apex.test/'): Promise<Page> {
    const page = await browser.open(start, { stopAt });
    if (page.url.pathname !== '/u/login') return page;
    const state = page.url.searchParams.get('state') ?? '';
    return await browser.submit(
      page.url,
      { state, username: email, password: PASSWORD, action: 'default' },
      { stopAt },
    );
  }

  /** Whether a page hands the application a code or a token: in its address, a form or a script. */
  const hasTokens = ({ url, body }: Page) =>
    /[?#&](?:code|id_token|access_token)=/.test(url.href) ||
    /name="?(?:code|id_token|access_token)"|"(?:code|id_token|access_token)":/.test(body);

  async function token(fields: Readonly<Record<string, string>>): Promise<{ status: number; refresh_token?: string }> {
    const answer = await fetch(new URL('oauth/token', local.tenant.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: local.application, client_secret: secret, ...fields }),
    });
    return { ...((await answer.json()) as object), status: answer.status };
  }

  /** Creates the user, and signs them in at the application that the policy does not guard. */
  async function enter({
    email,
    verified,
    roles = [],
    metadata,
  }: GateVisitor): Promise<{ browser: HttpBrowser; id: string }> {
    const id = await local.person(email, { verified });
    if (metadata !== undefined) await management.users.update(id, { user_metadata: metadata, app_metadata: metadata });
    for (const name of roles) {
      const known = (await management.roles.list()).data.find((role) => role.name === name);
      const role = known ?? (await management.roles.create({ name }));
      await management.roles.users.assign(role.id ?? '', { users: [id] });
    }
    const browser = createHttpBrowser();
    const page = await pass(browser, authorize({}, other), email, other.callback);
    // The user is one, with a session: only the gate is in the way.
    expect(hasTokens(page), email).toBe(true);
    return { browser, id };
  }

  /** Tries every way. Returns those that led to tokens. */
  async function tryAll(visitor: GateVisitor): Promise<string[]> {
    const { email } = visitor;
    const through: string[] = [];
    const note = (way: string, isThrough: boolean) => {
      tried.ways.add(way);
      tried.attempts += 1;
      if (isThrough) through.push(way);
    };
    const { browser } = await enter(visitor);
    for (const [way, parameters] of Object.entries(REQUESTS)) {
      const page = await pass(browser, authorize(parameters), email);
      note(`request ${way}`, hasTokens(page));
      // The refusal signs the user out: the next request begins with a session again.
      await pass(browser, authorize({}, other), email, other.callback);
    }
    const grants = {
      password: { grant_type: 'password', username: email, password: PASSWORD },
      'password-realm': {
        grant_type: PASSWORD_REALM,
        realm: 'Username-Password-Authentication',
        username: email,
        password: PASSWORD,
      },
    };
    for (const [way, fields] of Object.entries(grants)) {
      for (const scope of ['openid', 'openid offline_access', '']) {
        note(`${way}, scope "${scope}"`, (await token({ ...fields, scope })).status === 200);
        note(
          `${way} for an API, scope "${scope}"`,
          (await token({ ...fields, scope, audience: 'https://api.test' })).status === 200,
        );
      }
    }
    // Only a refused login leaves a state to continue from.
    for (const [way, more] of visitor === ADMITTED_VISITOR ? [] : Object.entries(CONTINUATIONS)) {
      note(`continue ${way}`, await continues(browser, email, more));
      await pass(browser, authorize({}, other), email, other.callback);
    }
    return through;
  }

  /** Ways to take a refused login up again: with the state that the redirect to the logout leaves behind. */
  const CONTINUATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'with the state': {},
    'with a session token': { session_token: 'eyJhbGciOiJub25lIn0.e30.' },
    'with a role': { 'https://apex.test/roles': 'ORG:WATER' },
  };

  async function continues(
    browser: HttpBrowser,
    email: string,
    more: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    const stopAt = new URL('v2/logout', local.tenant.url).href;
    const page = await pass(browser, authorize({}), email, stopAt);
    const state = page.url.searchParams.get('state');
    if (state === null) throw new Error(`The login of ${email} was not refused: ${page.url.href}`);
    const url = new URL('continue', local.tenant.url);
    for (const [name, value] of Object.entries({ state, ...more })) url.searchParams.set(name, value);
    const first = await browser.open(url, { stopAt: 'https://apex.test/' });
    const second = await browser.open(url, { stopAt: 'https://apex.test/' });
    return hasTokens(first) || hasTokens(second);
  }

  it('lets a member of the organisation through by the ordinary ways, with and without a page', async () => {
    const through = await tryAll(ADMITTED_VISITOR);
    expect(through).toEqual(
      expect.arrayContaining([
        'request ordinary',
        'request without a page',
        'request by a form',
        'request by a message',
        'request for an API',
        'password, scope "openid"',
      ]),
    );
    tried.attempts = 0;
  });

  it.each(REFUSED_VISITORS)('refuses on every way: $name', async (visitor) => {
    const through = await tryAll(visitor);
    tried.through.push(...through);
    expect(through).toEqual([]);
  });

  it('ends the refresh token of a user who was let in before', async () => {
    const visitor = { name: 'former member', email: 'former@water.example', verified: true };
    const { id } = await enter(visitor);
    const fields = {
      grant_type: 'password',
      username: visitor.email,
      password: PASSWORD,
      scope: 'openid offline_access',
    };
    const first = await token(fields);
    expect(first.status).toBe(200);
    const { data: held } = await management.users.roles.list(id);
    await management.users.roles.delete(id, { roles: held.map((role) => role.id ?? '') });
    await management.users.update(id, { email_verified: false });
    const refreshed = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' });
    tried.ways.add('refresh token of an earlier login');
    tried.attempts += 1;
    if (refreshed.status === 200) tried.through.push('refresh token of an earlier login');
    expect(refreshed.status).toBe(403);
  });

  it('has the counts that docs/reliability.md states', () => {
    const page = readFileSync(new URL('../../docs/reliability.md', import.meta.url), 'utf8');
    const [, counts = ''] = /## Ways round the gate\n[\s\S]*?\n\| (\d+ \| \d+ \| \d+ \| \d+) \|\n/.exec(page) ?? [];
    expect(counts).toBe(
      `${REFUSED_VISITORS.length + 1} | ${tried.ways.size} | ${tried.attempts} | ${tried.through.length}`,
    );
  });
});
