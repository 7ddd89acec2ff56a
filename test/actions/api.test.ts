import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimAction, claimValue, handler, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;

beforeAll(async () => {
  tenant = await tenantWithActions();
});

beforeEach(() => {
  tenant.store.users.update({ ...tenant.user });
});

afterAll(() => tenant.close());

async function value(expression: string): Promise<unknown> {
  return claimValue(await tenant.evaluate(expression));
}

const thrown = (call: string) =>
  `(() => { try { ${call}; return 'nothing' } catch (error) { return error.message } })()`;

describe('api.cache', () => {
  test('keeps entries across logins, for every Action of the trigger and every process', async () => {
    await tenant.bound(handler(`api.cache.set('token', event.user.user_id, { ttl: 60000 })`));
    await tenant.login();
    await tenant.bound(
      claimAction(
        `[api.cache.get('token').value, api.cache.get('token').expires_at > Date.now(), api.cache.get('other') ?? null]`,
      ),
    );
    expect(claimValue(await tenant.login())).toEqual(['auth0|1', true, null]);
    await tenant.bound(
      claimAction(`[api.cache.delete('token'), api.cache.get('token') ?? null, api.cache.delete('token')]`),
    );
    expect(claimValue(await tenant.login())).toEqual([
      { type: 'success' },
      null,
      { type: 'error', code: 'CacheKeyDoesNotExist' },
    ]);
  });

  test.each([
    [`api.cache.set('k'.repeat(65), 'v')`, 'CacheKeySizeExceeded'],
    [`api.cache.set('ключ'.repeat(10), 'v')`, 'CacheKeySizeExceeded'],
    [`api.cache.set('k', 'v'.repeat(4097))`, 'CacheValueSizeExceeded'],
    [`[1, 2, 3, 4, 5].map((n) => api.cache.set('k' + n, 'v'.repeat(4096))).at(-1)`, 'CacheSizeExceeded'],
    [`Array.from({ length: 21 }, (_, n) => api.cache.set('k' + n, 'v')).at(-1)`, 'CacheSizeExceeded'],
    [`api.cache.set('k', 'v', { ttl: -1 })`, 'ItemAlreadyExpired'],
    [`api.cache.set('k', 'v', { expires_at: 1 })`, 'ItemAlreadyExpired'],
    [`api.cache.set('k', 'v', { ttl: 'soon' })`, 'InvalidExpiry'],
    [`api.cache.set('k', 'v', { expires_at: Infinity })`, 'InvalidExpiry'],
    [`api.cache.set('k', 1)`, 'FailedToSetCacheRecord'],
  ])('%s answers %s', async (call, code) => {
    // The next test must not see any of it: the run fails.
    const outcome = await tenant.evaluate(`(() => { throw new Error((${call}).code) })()`);
    expect(outcome).toMatchObject({ kind: 'error', message: code });
  });

  test('uses the earlier of two expiries, a quarter of an hour by default, a day at most', async () => {
    const minutes = (options: string) =>
      `Math.round((api.cache.set('k', 'v'${options}).record.expires_at - Date.now()) / 60000)`;
    const all = ['', ', { ttl: 60000 }', ', { ttl: 120000, expires_at: Date.now() + 60000 }', ', { ttl: 1e12 }'];
    expect(await value(`[${all.map(minutes).join()}]`)).toEqual([15, 1, 1, 1440]);
  });
});

describe('api.user', () => {
  test('merges metadata into the user as stored now, once, at the end; null removes', async () => {
    await tenant.bound(
      handler(
        `api.user.setAppMetadata('plan', null).user.setAppMetadata('seen', { deep: [1] }).user.setUserMetadata('colour', 'red')`,
      ),
      claimAction('[event.user.app_metadata, event.user.user_metadata]'),
    );
    const login = tenant.login();
    tenant.store.users.update({ ...tenant.user, app_metadata: { plan: 'gold', meanwhile: 1 } });
    // Later Actions of the login still see what was stored when it began.
    expect(claimValue(await login)).toEqual([{ plan: 'gold' }, { colour: 'blue' }]);
    const user = tenant.store.users.find('auth0|1');
    expect(user?.app_metadata).toEqual({ meanwhile: 1, seen: { deep: [1] } });
    expect(user?.user_metadata).toEqual({ colour: 'red' });
  });

  test('accepts 32 KB over all Actions of the login', async () => {
    const large = (name: string) => handler(`api.user.setUserMetadata('${name}', 'x'.repeat(20000))`);
    await tenant.bound(large('a'), large('b'));
    expect(await tenant.login()).toMatchObject({ kind: 'error', message: expect.stringMatching(/32 KB/) });
  });

  test('stores the value as it is at the call, and refuses values that JSON cannot represent', async () => {
    await tenant.bound(handler(`const list = [1]; api.user.setAppMetadata('list', list); list.push(2);`));
    await tenant.login();
    expect(tenant.store.users.find('auth0|1')?.app_metadata.list).toEqual([1]);
    expect(await value(thrown(`const loop = {}; loop.self = loop; api.user.setAppMetadata('loop', loop)`))).toMatch(
      /circular/,
    );
  });
});

describe('api.transaction.setMetadata', () => {
  test('is visible at once and can be removed', async () => {
    const set = `(api.transaction.setMetadata('a', 1), api.transaction.setMetadata('b', true), api.transaction.setMetadata('a', null), event.transaction.metadata)`;
    expect(await value(set)).toEqual({ b: true });
  });

  test('ignores changes of the event', async () => {
    await tenant.bound(
      handler(`event.transaction.metadata.forged = { deep: [1] }; api.transaction.setMetadata('a', 1);`),
      claimAction('event.transaction.metadata'),
    );
    expect(claimValue(await tenant.login())).toEqual({ a: 1 });
  });

  test.each([
    [`'k'.repeat(65), 'v'`, /64 characters/],
    [`'k', 'v'.repeat(8193)`, /8 KB/],
    [`'k', {}`, /string, a number or a boolean/],
    [`'k', NaN`, /string, a number or a boolean/],
    [`'k', 2 ** 53`, /safe integer/],
    [`'', 1`, /non-empty/],
  ])('refuses %s', async (parameters, message) => {
    expect(await value(thrown(`api.transaction.setMetadata(${parameters})`))).toMatch(message);
  });
});

describe('api.access.deny', () => {
  test.each([
    ['', ''],
    ['null', ''],
    ['42', '42'],
    ['Object.create(null)', ''],
    ['{ toString() { throw new Error() } }', ''],
  ])('denies for the reason %s, even if the Action catches the error', async (reason, shown) => {
    const outcome = await tenant.evaluate(`(() => { try { api.access.deny(${reason}) } catch {} })()`);
    expect(outcome).toMatchObject({ kind: 'deny', reason: shown });
  });
});

describe('api.accessToken', () => {
  test.each(['"scope"', '["scope"]', '{ toString: () => "scope" }'])('setCustomClaim(%s) throws', async (name) => {
    expect(await value(thrown(`api.accessToken.setCustomClaim(${name}, 'admin')`))).toBe(
      'The "scope" claim cannot be set.',
    );
  });

  test.each([
    ['1', /must be a string/],
    ['"  "', /must not be empty/],
    ['"a b"', /whitespace/],
    ['"x".repeat(281)', /280/],
  ])('addScope(%s) throws', async (scope, message) => {
    expect(await value(thrown(`api.accessToken.addScope(${scope})`))).toMatch(message);
  });

  test('trims scopes; the last call for one counts', async () => {
    await tenant.bound(
      handler(`api.accessToken.addScope(' a '); api.accessToken.addScope('b'); api.accessToken.removeScope('b');`),
    );
    expect(await tenant.login()).toMatchObject({ effects: { addedScopes: ['a'], removedScopes: ['b'] } });
  });
});

describe('api.redirect', () => {
  test.each([
    [{}, true],
    [{ request: { query: { prompt: 'none' } } }, false],
    [{ protocol: 'oauth2-password' as const }, false],
    [{ protocol: 'oauth2-refresh-token' as const }, false],
  ])('canRedirect for %j is %s', async (changes, possible) => {
    await tenant.bound(claimAction('api.redirect.canRedirect()'));
    const { request, ...others } = { request: undefined, ...changes };
    const transaction = tenant.transaction();
    expect(claimValue(await tenant.login({ ...others, request: { ...transaction.request, ...request } }))).toBe(
      possible,
    );
  });

  test('encodes a token that it accepts only with the right state, secret, subject and issuer', async () => {
    const code = `
      exports.onExecutePostLogin = async (event, api) => {
        const secret = 'shared';
        const claims = { state: 'st', answer: 42 };
        const good = api.redirect.encodeToken({ secret, payload: claims });
        const tokens = {
          good,
          'other secret': api.redirect.encodeToken({ secret: 'x', payload: claims }),
          expired: api.redirect.encodeToken({ secret, payload: claims, expiresInSeconds: -1 }),
          'other user': api.redirect.encodeToken({ secret, payload: { ...claims, sub: 'auth0|2' } }),
          'other tenant': api.redirect.encodeToken({ secret, payload: { ...claims, iss: 'other.test' } }),
          'other state': api.redirect.encodeToken({ secret, payload: { state: 'other' } }),
          'no state': api.redirect.encodeToken({ secret, payload: {} }),
          'no iat': api.redirect.encodeToken({ secret, payload: { ...claims, iat: undefined } }),
          'no exp': api.redirect.encodeToken({ secret, payload: { ...claims, exp: undefined } }),
          'no sub': api.redirect.encodeToken({ secret, payload: { ...claims, sub: undefined } }),
          'no iss': api.redirect.encodeToken({ secret, payload: { ...claims, iss: undefined } }),
          'iat in milliseconds': api.redirect.encodeToken({ secret, payload: { ...claims, iat: Date.now() } }),
          'iat is text': api.redirect.encodeToken({ secret, payload: { ...claims, iat: String(Date.now() / 1000) } }),
          'exp in milliseconds': api.redirect.encodeToken({ secret, payload: { ...claims, exp: Date.now() + 60000 } }),
          unsigned: Buffer.from('{"alg":"none"}').toString('base64url') + '.' + good.split('.')[1] + '.',
          garbage: 'a.b',
        };
        const results = {};
        for (const [name, token] of Object.entries(tokens)) {
          event.request.query = { state: 'st', session_token: token };
          try { results[name] = api.redirect.validateToken({ secret }).answer } catch (error) { results[name] = error.message }
        }
        event.request.query = {};
        try { api.redirect.validateToken({ secret, tokenParameterName: 'mine' }) } catch (error) { results.missing = error.message }
        api.idToken.setCustomClaim('https://test/value', results);
      };`;
    await tenant.bound(code);
    const results = claimValue(await tenant.login()) as Record<string, unknown>;
    const { good, missing, ...bad } = results;
    expect(good).toBe(42);
    expect(missing).toBe("There is no parameter called 'mine' available in either the POST body or query string.");
    expect(Object.keys(bad)).toHaveLength(15);
    const nonsense = Object.entries(bad).filter(([, message]) =>
      /Missing or invalid standard claims/.test(String(message)),
    );
    expect(nonsense.map(([name]) => name)).toEqual([
      ...[
        'no state',
        'no iat',
        'no exp',
        'no sub',
        'no iss',
        'iat in milliseconds',
        'iat is text',
        'exp in milliseconds',
      ],
    ]);
    expect(bad['other state']).toContain('State in the token does not match the /continue state.');
    for (const message of Object.values(bad)) expect(message).toMatch(/^The session token is invalid: /);
  });
});

describe('api.roles', () => {
  test('returns the roles held now, in pages, by id and by name', async () => {
    const list = `[
      await api.roles.getUserEffectiveRoles(),
      await api.roles.getUserEffectiveRolesByIds(['rol_b', 'rol_a']),
      await api.roles.getUserEffectiveRolesByNames(['Reader']),
    ]`;
    const acme = { id: 'rol_a', name: 'ORG:acme', type: 'tenant' };
    const reader = { id: 'rol_b', name: 'Reader', type: 'tenant' };
    expect(await value(list)).toEqual([{ roles: [acme] }, { roles: [acme] }, { roles: [] }]);
    tenant.store.roles.assign('rol_b', ['auth0|1']);
    const pages = `await (async () => { const first = await api.roles.getUserEffectiveRoles({ take: 1 }); return [first.roles, (await api.roles.getUserEffectiveRoles({ take: 1, from: first.next })).roles] })()`;
    expect(await value(pages)).toEqual([[acme], [reader]]);
    tenant.store.roles.unassign('rol_b', ['auth0|1']);
  });

  test.each([
    ['getUserEffectiveRoles({ take: 101 })', /"take"/],
    ['getUserEffectiveRoles({ from: 1 })', /"from"/],
    ['getUserEffectiveRoles({ from: "garbage" })', /"from"/],
    ['getUserEffectiveRolesByIds([])', /"ids"/],
    ['getUserEffectiveRolesByNames(Array(51).fill("a"))', /at most 50/],
  ])('%s rejects', async (call, message) => {
    expect(await value(`await api.roles.${call}.then(() => 'nothing', (error) => error.message)`)).toMatch(message);
  });
});

test('api.rules.wasExecuted is false', async () => {
  expect(await value(`api.rules.wasExecuted('rul_1')`)).toBe(false);
});

describe('a method that this tenant does not simulate', () => {
  test('fails the login, even if the Action catches the error', async () => {
    await tenant.bound(handler(`try { api.prompt.render('ap_1') } catch {}`));
    expect(await tenant.login()).toMatchObject({
      kind: 'error',
      errorClass: 'action_error',
      message: expect.stringContaining('api.prompt.render is not simulated by this tenant'),
    });
  });

  test('throws, method by method; everything else of post-login v3 is there', async () => {
    await tenant.bound(
      handler(`
        for (const [space, methods] of Object.entries(api)) for (const method of Object.keys(methods)) {
          let kind = 'acted out';
          try { await api[space][method]('https://a.test/', 'b') } catch (error) { if (error.code === 'not_simulated') kind = 'not simulated' }
          console.log(kind, space + '.' + method);
        }`),
    );
    const outcome = await tenant.login();
    expect(outcome.kind).toBe('error');
    const lines = tenant.results(outcome)[0]?.console.map(({ text }) => text) ?? [];
    expect(lines.filter((line) => line.startsWith('acted out')).sort()).toEqual(
      [
        'access.deny',
        'accessToken.addScope',
        'accessToken.removeScope',
        'accessToken.setCustomClaim',
        'authentication.challengeWith',
        'authentication.challengeWithAny',
        'authentication.enrollWith',
        'authentication.enrollWithAny',
        'authentication.recordMethod',
        'authentication.setPrimaryUser',
        'cache.delete',
        'cache.get',
        'cache.set',
        'groups.getUserGroups',
        'groups.hasGroupMembership',
        'idToken.setCustomClaim',
        'multifactor.enable',
        'redirect.canRedirect',
        'redirect.encodeToken',
        'redirect.sendUserTo',
        'redirect.validateToken',
        'refreshToken.deleteMetadata',
        'refreshToken.evictMetadata',
        'refreshToken.revoke',
        'refreshToken.setExpiresAt',
        'refreshToken.setIdleExpiresAt',
        'refreshToken.setMetadata',
        'roles.getUserEffectiveRoles',
        'roles.getUserEffectiveRolesByIds',
        'roles.getUserEffectiveRolesByNames',
        'rules.wasExecuted',
        'session.deleteMetadata',
        'session.evictMetadata',
        'session.revoke',
        'session.setCookieMode',
        'session.setExpiresAt',
        'session.setIdleExpiresAt',
        'session.setMetadata',
        'transaction.setMetadata',
        'user.setAppMetadata',
        'user.setUserMetadata',
        'validation.error',
      ].map((name) => `acted out ${name}`),
    );
    expect(lines.filter((line) => line.startsWith('not simulated'))).toHaveLength(26);
  });
});
