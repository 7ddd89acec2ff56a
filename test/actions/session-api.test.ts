import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimAction, claimValue, type TenantWithActions, tenantWithActions } from './tenant-with-actions.ts';

let tenant: TenantWithActions;
beforeAll(async () => {
  tenant = await tenantWithActions();
});
afterAll(() => tenant.close());

async function value(expression: string): Promise<unknown> {
  return claimValue(await tenant.evaluate(expression));
}

const thrown = (call: string) =>
  `await (async () => { try { await ${call}; return 'nothing' } catch (error) { return error.message } })()`;

test.each([
  [
    `api.session.setMetadata('a b', 'v')`,
    'Failed to set session metadata: Invalid metadata: Metadata keys may only include letters, numbers, underscores, or hyphens',
  ],
  [
    `api.session.setMetadata('k'.repeat(256), 'v')`,
    'Failed to set session metadata: Invalid metadata: All metadata keys must be at most 255 characters long',
  ],
  [
    `api.session.setMetadata(1, 'v')`,
    'Failed to set session metadata: Invalid metadata: Metadata key must be a string',
  ],
  [
    `api.session.setMetadata('k', 1)`,
    'Failed to set session metadata: Invalid metadata: Metadata value must be a string',
  ],
  [
    `api.session.setMetadata('k', undefined)`,
    'Failed to set session metadata: Invalid metadata: Metadata value must be a string',
  ],
  [
    `api.session.setMetadata('k', 'v'.repeat(256))`,
    'Failed to set session metadata: Invalid metadata: All metadata values must be at most 255 characters long',
  ],
  [
    `api.session.setMetadata('k', 'a\\0b')`,
    'Failed to set session metadata: Invalid metadata: Metadata values must not contain null bytes (\0)'.replace(
      '\0',
      '\\x00',
    ),
  ],
  [
    `(() => { for (let n = 0; n < 26; n += 1) api.session.setMetadata('k' + n, 'v') })()`,
    'Failed to set session metadata: Invalid metadata: Metadata must not contain more than 25 entries',
  ],
  [
    `api.refreshToken.setMetadata('', 'v')`,
    'Failed to set refresh token metadata: Invalid metadata: Metadata keys may only include letters, numbers, underscores, or hyphens',
  ],
  [`api.session.setExpiresAt()`, 'Either inactivity or absolute expiration time must be provided'],
  [`api.refreshToken.setIdleExpiresAt(0)`, 'Either inactivity or absolute expiration time must be provided'],
  [`api.session.setCookieMode()`, 'Cookie mode must be provided'],
  [
    `api.session.setCookieMode('nonpersistent')`,
    "Invalid cookie mode: nonpersistent. Valid values are 'persistent' and 'non-persistent'.",
  ],
  [`api.groups.getUserGroups({ take: 0 })`, 'The "take" parameter must be a positive integer if provided.'],
  [`api.roles.getUserEffectiveRoles({ take: 1.5 })`, 'The "take" parameter must be a positive integer if provided.'],
])('%s throws as it does on Auth0', async (call, message) => {
  expect(await value(thrown(call))).toBe(message);
});

test.each([
  [`api.session.setExpiresAt('soon')`, /milliseconds/],
  [`api.session.setIdleExpiresAt('soon')`, /milliseconds/],
  [`api.refreshToken.setExpiresAt(Infinity)`, /milliseconds/],
  [`api.groups.getUserGroups({ take: 101 })`, /"take"/],
  [`api.groups.hasGroupMembership([])`, /"groups"/],
  [`api.authentication.recordMethod('https://a.test/')`, /onContinuePostLogin/],
  [`api.authentication.setPrimaryUser('')`, /^The provided primary_user_id must be a non-empty string$/],
  [`api.authentication.setPrimaryUser(1)`, /^The provided primary_user_id must be a non-empty string$/],
  [`api.authentication.setPrimaryUser('x'.repeat(129))`, /^The provided primary_user_id exceeds the maximum length\.$/],
])('%s throws', async (call, message) => {
  expect(await value(thrown(call))).toMatch(message);
});

test('no user is in a group', async () => {
  expect(await value(`[await api.groups.getUserGroups(), await api.groups.hasGroupMembership(['staff'])]`)).toEqual([
    { groups: [] },
    { memberships: {} },
  ]);
});

test('a session that is revoked denies the login, even without a session', async () => {
  await tenant.bound(`exports.onExecutePostLogin = async (event, api) => { api.session.revoke('out'); };`);
  const { session: _session, ...without } = tenant.transaction();
  expect(await tenant.login()).toMatchObject({ kind: 'deny', reason: 'out' });
  expect(await tenant.engine.postLogin.run(without)).toMatchObject({ kind: 'deny', reason: 'out' });
});

test('methods of the session and the refresh token do not chain, as on Auth0', async () => {
  const calls = [
    `session.setExpiresAt(Date.now() + 1e6)`,
    `session.setIdleExpiresAt(Date.now() + 1e6)`,
    `session.setCookieMode('persistent')`,
    `session.setMetadata('k', 'v')`,
    `session.deleteMetadata('k')`,
    `session.evictMetadata()`,
    `refreshToken.setExpiresAt(Date.now() + 1e6)`,
    `refreshToken.setIdleExpiresAt(Date.now() + 1e6)`,
    `refreshToken.setMetadata('k', 'v')`,
    `refreshToken.deleteMetadata('k')`,
    `refreshToken.evictMetadata()`,
  ];
  expect(await value(`[${calls.map((call) => `typeof api.${call}`).join()}]`)).toEqual(calls.map(() => 'undefined'));
});

test('null removes metadata, and a change is visible in the event at once', async () => {
  const values = `(() => {
    const list = [];
    api.session.setMetadata('a', '1'); api.session.setMetadata('b', '2'); list.push({ ...event.session.metadata });
    api.session.setMetadata('a', null); api.session.setMetadata('never', null); list.push({ ...event.session.metadata });
    api.session.deleteMetadata(7); api.session.evictMetadata(); list.push({ ...event.session.metadata });
    api.session.setCookieMode('non-persistent'); list.push(event.session.cookie.mode);
    return list;
  })()`;
  expect(await value(values)).toEqual([{ a: '1', b: '2' }, { b: '2' }, {}, 'non-persistent']);
});

test('later Actions of the login see the cookie and the metadata as earlier ones changed them', async () => {
  await tenant.bound(
    `exports.onExecutePostLogin = async (event, api) => { api.session.setCookieMode('non-persistent'); api.session.setMetadata('a', '1'); };`,
    claimAction('[event.session.cookie, event.session.metadata]'),
  );
  expect(claimValue(await tenant.login())).toEqual([{ mode: 'non-persistent' }, { a: '1' }]);
});

test('without a session its metadata cannot be set, and removing it is no error', async () => {
  await tenant.bound(
    claimAction(
      `[${thrown(`api.session.setMetadata('k', 'v')`)}, (api.session.deleteMetadata('k'), api.session.evictMetadata(), event.session ?? null)]`,
    ),
  );
  const { session: _session, ...without } = tenant.transaction();
  expect(claimValue(await tenant.engine.postLogin.run(without))).toEqual([
    'Failed to set session metadata: Cannot set metadata on a session that does not exist.',
    null,
  ]);
});

test('metadata of a refresh token can be set before it exists', async () => {
  await tenant.bound(`exports.onExecutePostLogin = async (event, api) => api.refreshToken.setMetadata('k', 'v');`);
  expect(await tenant.login()).toMatchObject({ effects: { refreshToken: { metadata: { k: 'v' } } } });
});
