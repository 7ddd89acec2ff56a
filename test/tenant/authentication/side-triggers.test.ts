import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ActionsEngine, startActionsEngine } from '../../../src/tenant/actions/actions-engine.ts';
import { issuePasswordTicket } from '../../../src/tenant/authentication/accounts/password-reset/password-tickets.ts';
import type { JsonObject } from '../../../src/tenant/store/json-value.ts';
import type { ExecutionRecord } from '../../../src/tenant/store/records/actions/execution-repository.ts';
import { Browser } from './browser.ts';
import { authorizeUrl, payloadOf, requestToken } from './login-steps.ts';
import { API, apiRecord, CALLBACK, PASSWORD, type RunningTenant, SECRET, startTenant } from './running-tenant.ts';

const folder = mkdtempSync(join(tmpdir(), 'side-triggers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let tenant: RunningTenant;
let engine: ActionsEngine;
const executions: ExecutionRecord[] = [];
beforeEach(async () => {
  executions.length = 0;
  tenant = await startTenant({
    trigger: (store, log) => {
      const [dependencyCache, workFolder] = [join(folder, 'packages'), join(folder, 'work')];
      engine = startActionsEngine({ store, log, tenantName: 'test', dependencyCache, workFolder, timeoutMs: 120_000 });
      engine.onExecution((execution) => executions.push(execution));
      return engine.postLogin;
    },
    sideTriggers: () => engine.sideTriggers,
    customDomain: 'login.example.com',
  });
  tenant.store.clientGrants.insert({
    id: 'cgr_orders',
    client_id: 'web',
    audience: API,
    scope: [],
    subject_type: 'client',
    other: {},
  });
});
afterEach(async () => {
  await engine.close();
  await tenant.close();
});

let created = 0;
async function bind(trigger: string, handler: string, ...bodies: string[]): Promise<void> {
  const bindings: { ref: { type: 'action_id'; value: string } }[] = [];
  for (const body of bodies) {
    created += 1;
    const code = `exports.${handler} = async (event, api) => { ${body} };`;
    const supported_triggers = [{ id: trigger, version: 'v2' }];
    const { id } = await engine.lifecycle.create({ name: `side-${created}`, supported_triggers, code });
    await engine.ready();
    engine.lifecycle.deploy(id);
    bindings.push({ ref: { type: 'action_id', value: id } });
  }
  engine.lifecycle.bind(trigger, bindings);
}

async function signUp(
  email = 'new@example.com',
  more = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const [connection] = tenant.store.connections.listEnabledFor('web');
  const response = await fetch(new URL('dbconnections/signup', tenant.issuer), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': 'de, en;q=0.5' },
    body: JSON.stringify({ client_id: 'web', email, password: PASSWORD, connection: connection?.name, ...more }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The executions that the log entry names. */
const loggedExecutions = (type: string): unknown =>
  (tenant.logs.find((entry) => entry.type === type)?.details?.actions as JsonObject | undefined)?.executions;

const machine = (more: Record<string, string> = {}) =>
  requestToken(tenant, { grant_type: 'client_credentials', audience: API, ...more });

describe('credentials-exchange', () => {
  const on = (...bodies: string[]) => bind('credentials-exchange', 'onExecuteCredentialsExchange', ...bodies);

  it('puts claims into the token, except reserved ones, and sees no secret', async () => {
    await on(`
      api.accessToken.setCustomClaim('https://example.com/event', [event.client.client_id, event.resource_server.identifier]);
      api.accessToken.setCustomClaim('sub', 'another-user');
      if ('query' in event.request) api.access.deny('server_error', 'Auth0 shows no query here');
      if (JSON.stringify(event).includes('${SECRET}')) api.access.deny('server_error', 'leaked');`);
    const { status, body } = await machine();
    expect(status).toBe(200);
    const token = payloadOf(body.access_token);
    expect(token['https://example.com/event']).toEqual([token.azp, API]);
    expect(token.sub).toBe(`${token.azp}@clients`);
    expect(executions[0]?.results[0]?.dropped_claims).toMatchObject([{ claim: 'sub' }]);
    expect(loggedExecutions('seccft')).toEqual([executions[0]?.id]);
  });

  it('shows the organization that the token is for', async () => {
    tenant.store.organizations.insert({ id: 'org_one', name: 'one', metadata: { plan: 'gold' }, connections: [] });
    const grant = tenant.store.clientGrants.find('cgr_orders');
    if (grant === undefined) throw new Error('no grant');
    const other = { organization_usage: 'allow', allow_any_organization: true };
    tenant.store.clientGrants.update({ ...grant, other });
    await on(`api.accessToken.setCustomClaim('https://example.com/organization', event.organization ?? 'none');`);
    const claimOf = async (more?: Record<string, string>) =>
      payloadOf((await machine(more)).body.access_token)['https://example.com/organization'];
    expect(await claimOf({ organization: 'org_one' })).toEqual({
      id: 'org_one',
      name: 'one',
      metadata: { plan: 'gold' },
    });
    expect(await claimOf()).toBe('none');
  });

  it('logs that no Action ran', async () => {
    expect((await machine()).status).toBe(200);
    expect(loggedExecutions('seccft')).toEqual([]);
  });

  describe('with target scopes', () => {
    /** Exchanges as an application whose client grant has two scopes. */
    const granted = async (more: Record<string, string> = {}): Promise<unknown> => {
      const { status, body } = await machine(more);
      return status === 200 ? [payloadOf(body.access_token).scope, body.scope] : body;
    };
    beforeEach(() => {
      const api = tenant.store.resourceServers.findByIdentifier(API);
      const scopes = ['read:a', 'write:a', 'admin:a'].map((value) => ({ value, description: value }));
      if (api !== undefined) tenant.store.resourceServers.update({ ...api, scopes });
      const grant = tenant.store.clientGrants.find('cgr_orders');
      if (grant !== undefined) tenant.store.clientGrants.update({ ...grant, scope: ['read:a', 'write:a'] });
    });

    it.each([
      [`api.transaction.removeTargetScope(' write:a ');`, 'read:a'],
      [`api.transaction.addTargetScope('admin:a');`, 'read:a write:a'],
      [`api.transaction.setTargetScopes(['write:a', 'admin:a', 'write:a']);`, 'write:a'],
      [`api.transaction.clearTargetScopes();`, undefined],
      [`api.transaction.setTargetScopes([]);`, undefined],
      [`event.transaction.target_scopes.length = 0;`, 'read:a write:a'],
    ])('%s', async (body, scope) => {
      await on(body);
      expect(await granted()).toEqual([scope, scope]);
    });

    it('starts with the requested scopes, can add granted ones, and shows each Action the result of earlier ones', async () => {
      await on(
        `api.transaction.addTargetScope('write:a'); if (event.transaction.target_scopes.join() !== 'read:a,write:a') throw new Error();`,
        `api.accessToken.setCustomClaim('https://example.com/events', event.transaction.target_scopes);
         api.transaction.removeTargetScope('read:a');`,
      );
      expect(await granted({ scope: 'read:a' })).toEqual(['write:a', 'write:a']);
      expect(executions[0]?.results.map(({ calls }) => calls[0]?.method)).toEqual([
        'transaction.addTargetScope',
        'accessToken.setCustomClaim',
      ]);
    });

    it.each([
      [`api.transaction.addTargetScope(7)`, 'The value for the scope must be a string.'],
      [`api.transaction.setTargetScopes('read:a')`, 'The value for scopes must be an array.'],
      [`api.transaction.addTargetScope('read a')`, 'The scope must not contain whitespace.'],
    ])('refuses %s', async (body, error_description) => {
      await on(body);
      expect(await granted()).toMatchObject({ error: 'access_denied', error_description });
    });
  });

  it('puts claims without a namespace into tokens of other APIs, regardless of their names', async () => {
    const audience = 'https://orders.test/api/v2/';
    tenant.store.resourceServers.insert(apiRecord({ id: 'rs_v2', identifier: audience }));
    tenant.store.clientGrants.insert({
      id: 'cgr_v2',
      client_id: 'web',
      audience,
      scope: [],
      subject_type: 'client',
      other: {},
    });
    await on(`api.accessToken.setCustomClaim('department', 'sales');`);
    expect(payloadOf((await machine({ audience })).body.access_token).department).toBe('sales');
  });

  it('denies with its own code, and fails if it throws', async () => {
    await on(`api.access.deny('invalid_scope', 'not today')`);
    expect(await machine()).toEqual({
      status: 400,
      body: { error: 'invalid_scope', error_description: 'not today' },
    });
    expect(loggedExecutions('feccft')).toEqual([executions[0]?.id]);
    await on(`throw new Error('broken')`);
    expect(await machine()).toMatchObject({ status: 403, body: { error: 'access_denied' } });
    expect(tenant.logs.some(({ type }) => type === 'actions_execution_failed')).toBe(true);
  });
});

describe('pre-user-registration', () => {
  const on = (body: string) => bind('pre-user-registration', 'onExecutePreUserRegistration', body);

  it('gives the new user metadata', async () => {
    await on(`
      api.user.setAppMetadata('from', event.connection.strategy).user.setUserMetadata('has_id', 'user_id' in event.user);`);
    expect((await signUp()).status).toBe(200);
    expect(loggedExecutions('ss')).toEqual([executions[0]?.id]);
    const user = tenant.store.users.findByEmail('new@example.com')[0];
    expect(user).toMatchObject({ app_metadata: { from: 'auth0' }, user_metadata: { has_id: false } });
  });

  it('sees the request without the password', async () => {
    await on(`console.log(JSON.stringify(event.request))`);
    expect((await signUp('new@example.com', { user_metadata: { team: '7' } })).status).toBe(200);
    const text = executions[0]?.results[0]?.console[0]?.text ?? '{}';
    expect(text).not.toContain(PASSWORD);
    expect(JSON.parse(text)).toEqual({
      ip: '127.0.0.1',
      method: 'POST',
      hostname: new URL(tenant.issuer).host,
      language: 'de',
      geoip: {},
      user_agent: expect.any(String),
      body: {
        client_id: 'web',
        email: 'new@example.com',
        connection: 'Username-Password-Authentication',
        user_metadata: { team: '7' },
      },
    });
  });

  it('sees the profile of the future user, and no transaction outside of a login', async () => {
    await on(`console.log(JSON.stringify(event))`);
    expect((await signUp('new@example.com', { given_name: 'Nora' })).status).toBe(200);
    const event = JSON.parse(executions[0]?.results[0]?.console[0]?.text ?? '{}');
    expect(Object.keys(event.user).sort()).toEqual([
      ...['app_metadata', 'email', 'given_name', 'name', 'nickname', 'picture', 'user_metadata'],
    ]);
    expect(event).not.toHaveProperty('transaction');
  });

  it('sees the application’s request on the sign-up page, and so does post-user-registration', async () => {
    await on(`console.log(JSON.stringify(event.transaction))`);
    await bind(
      'post-user-registration',
      'onExecutePostUserRegistration',
      `console.log(JSON.stringify(event.transaction))`,
    );
    const browser = new Browser();
    const parameters = {
      screen_hint: 'signup',
      scope: 'openid email',
      ui_locales: 'nb en',
      login_hint: 'new@example.com',
    };
    const { url } = await browser.follow(authorizeUrl(tenant, { ...parameters, acr_values: 'loa:2', prompt: 'login' }));
    const state = url.searchParams.get('state') ?? '';
    await browser.post(url, { state, email: 'new@example.com', password: PASSWORD, action: 'default' });
    await engine.sideTriggers.settled();
    const events = executions.map(({ results }) => JSON.parse(results[0]?.console[0]?.text ?? '{}'));
    expect(events).toEqual(
      Array(2).fill({
        acr_values: ['loa:2'],
        locale: 'nb',
        login_hint: 'new@example.com',
        prompt: ['login'],
        protocol: 'oidc-basic-profile',
        redirect_uri: CALLBACK,
        requested_scopes: ['openid', 'email'],
        response_type: ['code'],
        state: 'rp-state',
        ui_locales: ['nb', 'en'],
      }),
    );
  });

  it.each([`api.access.deny('listed', 'Ask your manager.')`, `throw new Error('broken')`])(
    'creates no user if the Action has %s',
    async (body) => {
      await on(body);
      const answer = await signUp();
      expect(answer.status).toBe(400);
      expect(loggedExecutions('fs')).toEqual([executions[0]?.id]);
      expect(answer.body.code).toBe('extensibility_error');
      expect(JSON.stringify(answer.body)).not.toMatch(/listed|broken/);
      if (body.includes('deny')) {
        expect(answer.body.description).toBe('Ask your manager.');
        expect(tenant.logs.find(({ type }) => type === 'fs')).toMatchObject({ description: 'listed' });
      }
      expect((await signUp()).status).toBe(400);
      engine.lifecycle.bind('pre-user-registration', []);
      expect((await signUp()).status).toBe(200);
    },
  );
});

describe('post-user-registration', () => {
  it('sees the user, whose sign-up does not wait for it', async () => {
    await bind('post-user-registration', 'onExecutePostUserRegistration', `console.log(event.user.user_id)`);
    expect((await signUp()).status).toBe(200);
    await engine.sideTriggers.settled();
    expect(executions[0]?.trigger_id).toBe('post-user-registration');
    expect(executions[0]?.results[0]?.console[0]?.text).toMatch(/^auth0\|/);
  });
});

describe('post-change-password', () => {
  it('sees the user who chose a new password', async () => {
    await bind(
      'post-change-password',
      'onExecutePostChangePassword',
      'console.log(event.user.user_id, event.connection.id)',
    );
    const url = issuePasswordTicket(tenant.store, tenant.issuer, { userId: 'auth0|ada', marksEmailAsVerified: true });
    const password = 'Another-Horse-7';
    await new Browser().post(url, { 'password-reset': password, 're-enter-password': password, action: 'default' });
    await engine.sideTriggers.settled();
    expect(executions[0]?.trigger_id).toBe('post-change-password');
    expect(executions[0]?.results[0]?.console[0]?.text).toBe('auth0|ada con_db');
  });
});

it('every trigger sees the custom domain that received the request', async () => {
  for (const [trigger, handler] of [
    ['credentials-exchange', 'onExecuteCredentialsExchange'],
    ['pre-user-registration', 'onExecutePreUserRegistration'],
    ['post-user-registration', 'onExecutePostUserRegistration'],
    ['post-change-password', 'onExecutePostChangePassword'],
  ] as const) {
    await bind(trigger, handler, 'console.log(JSON.stringify(event.custom_domain))');
  }
  expect((await machine()).status).toBe(200);
  expect((await signUp()).status).toBe(200);
  const url = issuePasswordTicket(tenant.store, tenant.issuer, { userId: 'auth0|ada', marksEmailAsVerified: true });
  const password = 'Another-Horse-7';
  await new Browser().post(url, { 'password-reset': password, 're-enter-password': password, action: 'default' });
  await engine.sideTriggers.settled();
  const events = executions.map(({ trigger_id, results }) => [trigger_id, results[0]?.console[0]?.text]);
  const domain = JSON.stringify({ domain: 'login.example.com', domain_metadata: {} });
  expect(Object.fromEntries(events)).toEqual({
    'credentials-exchange': domain,
    'pre-user-registration': domain,
    'post-user-registration': domain,
    'post-change-password': domain,
  });
});
