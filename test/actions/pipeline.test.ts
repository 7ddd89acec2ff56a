import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { PostLoginOutcome } from '../../src/tenant/actions/run/login-transaction.ts';
import { startRegistry } from './sandbox/npm-registry.ts';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;

beforeAll(async () => {
  tenant = await tenantWithActions();
});

beforeEach(() => {
  tenant.store.users.update({ ...tenant.user });
});

afterAll(() => tenant.close());

type Redirect = Extract<PostLoginOutcome, { kind: 'redirect' }>;

function redirected(outcome: PostLoginOutcome): Redirect {
  if (outcome.kind !== 'redirect') throw new Error(`The login ended as ${JSON.stringify(outcome)}`);
  // Serialised, as it is stored between two requests.
  return JSON.parse(JSON.stringify(outcome)) as Redirect;
}

test('without a binding the login continues, without effects', async () => {
  tenant.engine.lifecycle.bind('post-login', []);
  expect(await tenant.login()).toEqual({
    kind: 'continue',
    effects: { idTokenClaims: {}, accessTokenClaims: {}, addedScopes: [], removedScopes: [], transactionMetadata: {} },
    executions: [],
  });
});

test('Actions run in the order of their bindings; a later one overrides an earlier one', async () => {
  const mark = (letter: string) =>
    handler(
      `api.transaction.setMetadata('order', (event.transaction.metadata.order ?? '') + '${letter}'); api.idToken.setCustomClaim('https://test/value', event.transaction.metadata.order); api.accessToken.addScope('scope:${letter}'); api.accessToken.removeScope('openid');`,
    );
  const [a, b, c] = await tenant.bound(mark('a'), mark('b'), mark('c'));
  const outcome = await tenant.login();
  expect(claimValue(outcome)).toBe('abc');
  expect(outcome).toMatchObject({
    effects: {
      addedScopes: ['scope:a', 'scope:b', 'scope:c'],
      removedScopes: ['openid'],
      transactionMetadata: { order: 'abc' },
    },
  });
  tenant.engine.lifecycle.bind(
    'post-login',
    [c, a, b].map((action) => ({ ref: { type: 'action_id' as const, value: action?.id ?? '' } })),
  );
  expect(claimValue(await tenant.login())).toBe('cab');
});

describe('a denial', () => {
  test('lets the Action’s own code finish, keeps its metadata, and runs no further Action', async () => {
    await tenant.bound(
      handler(`api.access.deny('not you').user.setAppMetadata('denied', true); console.log('still here');`),
      handler(`console.log('never')`),
    );
    const outcome = await tenant.login();
    expect(outcome).toMatchObject({ kind: 'deny', reason: 'not you' });
    const results = tenant.results(outcome);
    expect(results.map(({ console }) => console.map(({ text }) => text))).toEqual([['still here']]);
    expect(tenant.store.users.find('auth0|1')?.app_metadata).toEqual({ plan: 'gold', denied: true });
  });

  test('overrides a redirect', async () => {
    await tenant.bound(handler(`api.redirect.sendUserTo('https://other.test/'); api.access.deny('no');`));
    expect(await tenant.login()).toMatchObject({ kind: 'deny', reason: 'no' });
  });

  test('followed by an error fails the login all the same', async () => {
    await tenant.bound(handler(`api.access.deny('no'); throw new Error('oops');`));
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: 'oops' });
  });

  test('can be a validation error', async () => {
    await tenant.bound(handler(`api.validation.error('too_young', 'Come back later.');`));
    expect(await tenant.login()).toMatchObject({ kind: 'deny', reason: 'Come back later.' });
  });
});

test('an error writes no metadata, also of Actions before it', async () => {
  await tenant.bound(handler(`api.user.setUserMetadata('seen', true)`), handler(`throw new Error('no')`));
  expect((await tenant.login()).kind).toBe('error');
  expect(tenant.store.users.find('auth0|1')?.user_metadata).toEqual({ colour: 'blue' });
});

describe('a redirect', () => {
  const redirecting = `
    exports.onExecutePostLogin = async (event, api) => {
      api.idToken.setCustomClaim('https://test/first', 'before').redirect.sendUserTo('https://other.test/form?a=1', { query: { b: '2 3' } });
      api.user.setAppMetadata('asked', true);
      api.transaction.setMetadata('from', 'first');
    };
    exports.onContinuePostLogin = async (event, api) => {
      api.idToken.setCustomClaim('https://test/value', [event.request.query.answer, event.transaction.metadata.from]);
    };`;

  test('suspends the login; resuming runs that Action’s other handler, then the later Actions, never the earlier', async () => {
    await tenant.bound(
      handler(`console.log('first')`),
      redirecting,
      handler(`api.idToken.setCustomClaim('https://test/last', event.transaction.metadata.from)`),
    );
    const outcome = redirected(await tenant.login());
    expect(outcome.url).toBe('https://other.test/form?a=1&b=2+3');
    expect(tenant.store.executions.find(outcome.executions[0] ?? '')?.status).toBe('suspended');
    expect(tenant.store.users.find('auth0|1')?.app_metadata).toEqual({ plan: 'gold' });

    const request = { ...tenant.transaction().request, query: { state: 's', answer: 'yes' } };
    const resumed = await tenant.engine.postLogin.resume(tenant.transaction({ request }), outcome.suspended);
    expect(claimValue(resumed)).toEqual(['yes', 'first']);
    expect(resumed).toMatchObject({
      executions: outcome.executions,
      effects: { idTokenClaims: { 'https://test/first': 'before', 'https://test/last': 'first' } },
    });
    expect(tenant.results(resumed).map(({ handler: name }) => name)).toEqual([
      'onExecutePostLogin',
      'onExecutePostLogin',
      'onContinuePostLogin',
      'onExecutePostLogin',
    ]);
    expect(tenant.store.executions.find(outcome.executions[0] ?? '')?.status).toBe('final');
    expect(tenant.store.users.find('auth0|1')?.app_metadata).toEqual({ plan: 'gold', asked: true });
  });

  test('is resumed once: a second time is refused and does nothing', async () => {
    await tenant.bound(redirecting);
    const { suspended } = redirected(await tenant.login());
    const both = await Promise.all([
      tenant.engine.postLogin.resume(tenant.transaction(), suspended),
      tenant.engine.postLogin.resume(tenant.transaction(), suspended),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['continue', 'error']);
    expect(await tenant.engine.postLogin.resume(tenant.transaction(), suspended)).toMatchObject({
      kind: 'error',
      errorClass: 'platform_error',
      message: 'This login has gone on already.',
    });
  });

  test('to an Action without the other handler fails when resumed', async () => {
    await tenant.bound(handler(`api.redirect.sendUserTo('https://other.test/')`));
    const { suspended } = redirected(await tenant.login());
    expect(await tenant.engine.postLogin.resume(tenant.transaction(), suspended)).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('Invalid function signature for the "onContinuePostLogin" handler.'),
    });
  });

  test('can be refused, or lead to another, when resumed', async () => {
    await tenant.bound(
      `${handler(`api.redirect.sendUserTo('https://other.test/1')`)}
      exports.onContinuePostLogin = async (event, api) => { event.request.query.again ? api.redirect.sendUserTo('https://other.test/2') : api.access.deny('caught'); };`,
    );
    const first = redirected(await tenant.login());
    const request = { ...tenant.transaction().request, query: { again: '1' } };
    const second = redirected(await tenant.engine.postLogin.resume(tenant.transaction({ request }), first.suspended));
    expect(second.url).toBe('https://other.test/2');
    expect(await tenant.engine.postLogin.resume(tenant.transaction(), second.suspended)).toMatchObject({
      kind: 'deny',
      reason: 'caught',
    });
  });

  test('goes on with the versions that the login began with', async () => {
    const [action] = await tenant.bound(redirecting);
    const { suspended } = redirected(await tenant.login());
    await tenant.engine.lifecycle.update(action?.id ?? '', {
      code: `${handler('')}\nexports.onContinuePostLogin = async () => { throw new Error('the new one') };`,
    });
    await tenant.engine.ready();
    tenant.engine.lifecycle.deploy(action?.id ?? '');
    expect((await tenant.engine.postLogin.resume(tenant.transaction(), suspended)).kind).toBe('continue');
  });

  test.each(['oauth2-password', 'oauth2-refresh-token'] as const)('fails a login by %s', async (protocol) => {
    await tenant.bound(handler(`api.redirect.sendUserTo('https://other.test/')`));
    expect(await tenant.login({ protocol })).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('canRedirect'),
    });
  });

  test('to what is no address throws in the Action', async () => {
    await tenant.bound(handler(`api.redirect.sendUserTo('/relative')`));
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: 'Invalid URL' });
  });
});

describe('a bound Action that cannot run fails the login', () => {
  test('a build that failed after a deployment at creation', async () => {
    const registry = await startRegistry([]);
    onTestFinished(() => {
      vi.unstubAllEnvs();
      registry.close();
    });
    vi.stubEnv('npm_config_registry', registry.url);
    const { id } = await tenant.engine.lifecycle.create({
      name: 'broken',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: handler(''),
      dependencies: [{ name: 'missing-of-tests', version: '1.0.0' }],
      deploy: true,
    });
    tenant.engine.lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: id } }]);
    expect(await tenant.login()).toMatchObject({ kind: 'error', errorClass: 'platform_error' });
  });

  test('an Action that is still being built delays the login instead', async () => {
    const { id } = await tenant.engine.lifecycle.create({
      name: 'quick',
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      code: claimAction('"built"'),
      deploy: true,
    });
    tenant.engine.lifecycle.bind('post-login', [{ ref: { type: 'action_id', value: id } }]);
    expect(claimValue(await tenant.login())).toBe('built');
  });
});

test('simultaneous logins do not mix', async () => {
  await tenant.bound(
    claimAction('(await new Promise((done) => setTimeout(done, Math.random() * 20)), event.user.user_id)'),
  );
  const people = Array.from({ length: 30 }, (_, number) => `auth0|${number}`);
  const outcomes = await Promise.all(people.map((user_id) => tenant.login({ user: { ...tenant.user, user_id } })));
  expect(outcomes.map(claimValue)).toEqual(people);
});
