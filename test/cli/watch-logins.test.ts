import { afterEach, expect, inject, it } from 'vitest';
import { type LocalGate, startLocalGate } from '../../src/cli/dev/local-gate.ts';
import { atBrowser } from '../../src/cli/dev/person-at-browser.ts';
import { type Login, watchLogins } from '../../src/cli/dev/watch-logins.ts';
import type { Policy } from '../../src/policy/policy.ts';
import { gatePolicy } from '../gate-policy.ts';
import { bindAction } from '../local-tenant.ts';
import { until } from '../until.ts';

let gate: LocalGate;
let stop: () => void;
const logins: Login[] = [];
const notices: string[] = [];
async function open(policy: Policy): Promise<void> {
  logins.length = 0;
  notices.length = 0;
  const ports = { tenantPort: 0, loopbackPort: 0, standInPort: 0 };
  const onNotice = (text: string) => notices.push(text);
  gate = await startLocalGate({ policy, ...ports, keys: inject('tenantKeys'), onNotice });
  stop = watchLogins(
    gate.tenant,
    (id) => gate.policy().applications.includes(id),
    (login) => logins.push(login),
  );
}
afterEach(async () => {
  stop();
  await gate.close();
});

const person = (name: string) => {
  const found = gate.cast.find((one) => one.name === name);
  if (found === undefined) throw new Error(`The cast has no ${name}.`);
  return atBrowser(found, gate.standIn);
};

it.each([
  ["throw new Error('no department')", 'the Action "Department" failed: no department'],
  ["api.access.deny('no department')", 'the Action "Department" refuses: no department'],
])('a login that another Action ends with %s is not called let in', async (statement, reason) => {
  await open(gatePolicy);
  await bindAction(
    gate.management,
    'Department',
    `exports.onExecutePostLogin = async (event, api) => { ${statement}; };`,
  );
  // The stand-in starts a login that failed again, as APEX does: the browser gives up.
  await person('Dan')
    .visit()
    .catch(() => undefined);
  await until(() => logins.length > 0);
  expect(new Set(logins.map(({ kind }) => kind))).toEqual(new Set(['stopped']));
  expect(logins[0]).toMatchObject({ reason, line: { decision: 'admit', reason: 'default_role_holder' } });
});

it('a login that a rule asks for a factor waits, and the tenant has a factor to ask for', async () => {
  await open({
    ...gatePolicy,
    admit: [{ rule: 'administrators', when: { role: ['APEX Admin'] }, roles: [], mfa: true }],
  });
  expect(notices).toEqual([expect.stringContaining('one-time passwords are enabled here now')]);
  const { page } = await person('Rita').visit();
  expect(page.url.pathname).toMatch(/^\/u\/mfa-/);
  expect(logins).toMatchObject([{ kind: 'asked', line: { rule: 'administrators', mfa: true } }]);
  // It is enabled once.
  await gate.put({ ...gatePolicy, admit: [{ rule: 'all', when: { role: ['APEX Admin'] }, roles: [], mfa: true }] });
  expect(notices).toHaveLength(1);
});

it('a login without a browser that the policy refuses is reported once', async () => {
  await open(gatePolicy);
  const [client] = (await gate.management.clients.list({ is_global: false })).data.filter(
    ({ client_id }) => client_id === gate.clientId,
  );
  const grant_type = 'http://auth0.com/oauth/grant-type/password-realm';
  await gate.management.clients.update(gate.clientId, { grant_types: [...(client?.grant_types ?? []), grant_type] });
  const vera = gate.cast.find(({ name }) => name === 'Vera');
  const answer = await fetch(`${gate.tenant.loopbackUrl}oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type,
      realm: 'Username-Password-Authentication',
      username: vera?.email,
      password: vera?.password,
      scope: 'openid',
      client_id: gate.clientId,
      client_secret: client?.client_secret,
    }),
  });
  expect(answer.status).toBe(403);
  expect(logins).toMatchObject([{ kind: 'decided', line: { decision: 'refuse', reason: 'unverified_email' } }]);
});

it('an Action before the policy that ends a login is named', async () => {
  await open(gatePolicy);
  const throwing = "exports.onExecutePostLogin = async () => { throw new Error('no department'); };";
  await bindAction(gate.management, 'First', throwing);
  const bound = (await gate.management.actions.triggers.bindings.list('post-login')).data;
  await gate.management.actions.triggers.bindings.updateMany('post-login', {
    bindings: bound
      .toReversed()
      .map(({ id = '', display_name = '' }) => ({ ref: { type: 'binding_id', value: id }, display_name })),
  });
  await person('Dan')
    .visit()
    .catch(() => undefined);
  await until(() => logins.length > 0);
  expect(logins[0]).toMatchObject({ kind: 'failed', reason: 'the Action "First" failed: no department' });
});
