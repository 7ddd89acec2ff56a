import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TenantWithActions, telling, tenantWithActions, told } from './tenant-with-actions.ts';

let tenant: TenantWithActions;
beforeAll(async () => {
  tenant = await tenantWithActions();
});
afterAll(() => tenant.close());

async function value(expression: string): Promise<unknown> {
  await tenant.bound(telling(expression));
  return told(await tenant.login());
}

const thrown = (call: string) =>
  `await (async () => { try { await ${call}; return 'nothing' } catch (error) { return error.message } })()`;

test.each([
  [`api.session.setMetadata('a b', 'v')`, /metadata key/],
  [`api.session.setMetadata('k'.repeat(256), 'v')`, /metadata key/],
  [`api.session.setMetadata('k', 1)`, /string/],
  [`api.session.setMetadata('k', 'v'.repeat(256))`, /255 characters/],
  [`(() => { for (let n = 0; n < 26; n += 1) api.session.setMetadata('k' + n, 'v') })()`, /25 keys/],
  [`api.session.setExpiresAt('soon')`, /milliseconds/],
  [`api.session.setIdleExpiresAt(NaN)`, /milliseconds/],
  [`api.session.setCookieMode('eternal')`, /non-persistent/],
  [`api.refreshToken.setMetadata('', 'v')`, /metadata key/],
  [`api.refreshToken.deleteMetadata(1)`, /metadata key/],
  [`api.refreshToken.setExpiresAt(Infinity)`, /milliseconds/],
  [`api.refreshToken.setIdleExpiresAt()`, /milliseconds/],
  [`api.groups.getUserGroups({ take: 0 })`, /"take"/],
  [`api.groups.hasGroupMembership([])`, /"groups"/],
  [`api.authentication.recordMethod('https://a.test/')`, /onContinuePostLogin/],
  [`api.authentication.setPrimaryUser('')`, /^The provided primary_user_id must be a non-empty string$/],
  [`api.authentication.setPrimaryUser(1)`, /^The provided primary_user_id must be a non-empty string$/],
  [`api.authentication.setPrimaryUser('x'.repeat(129))`, /^The provided primary_user_id exceeds the maximum length\.$/],
])('%s throws', async (call, message) => {
  expect(await value(thrown(call))).toMatch(message);
});

test('nobody is in a group', async () => {
  expect(await value(`[await api.groups.getUserGroups(), await api.groups.hasGroupMembership(['staff'])]`)).toEqual([
    { groups: [] },
    false,
  ]);
});

test('a session that is revoked is a login denied, where there is no session as well', async () => {
  await tenant.bound(`exports.onExecutePostLogin = async (event, api) => { api.session.revoke('out'); };`);
  const { session: _session, ...without } = tenant.transaction();
  expect(await tenant.login()).toMatchObject({ kind: 'deny', reason: 'out' });
  expect(await tenant.engine.postLogin.run(without)).toMatchObject({ kind: 'deny', reason: 'out' });
});
