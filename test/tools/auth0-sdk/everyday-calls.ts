// Drives a version of the `auth0` package, from the folder in its environment, through what its users do every day, and
// prints the outcome of each family as JSON. Knows only AUTH0_* and NODE_EXTRA_CA_CERTS of the tenant.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { untilBuilt } from '../../until.ts';
import { dialectOfVersion3 } from './dialect-of-version-3.ts';
import { dialectOfVersion4 } from './dialect-of-version-4.ts';
import { dialectOfVersion5 } from './dialect-of-version-5.ts';
import { everyOtherCall, everyRefusedCall, type Row } from './every-other-call.ts';
import { otherCallsOfVersion3 } from './other-calls-of-version-3.ts';
import { otherCallsOfVersion4 } from './other-calls-of-version-4.ts';
import { otherCallsOfVersion5 } from './other-calls-of-version-5.ts';
import { recordCalls } from './record-calls.ts';
import type { Item, Sdk, SdkDialect } from './sdk-dialect.ts';

const { SDK_FOLDER = '', AUTH0_DOMAIN: domain = '' } = process.env;
const load = createRequire(join(SDK_FOLDER, 'package.json'));
const { version } = load('./node_modules/auth0/package.json') as { version: string };
const { ManagementClient } = load('auth0');
const management: Sdk = new ManagementClient({
  domain,
  clientId: process.env.AUTH0_CLIENT_ID ?? '',
  clientSecret: process.env.AUTH0_CLIENT_SECRET ?? '',
});
const recorded = recordCalls(management);
const major = version.split('.')[0] ?? '';
const dialects: Record<string, typeof dialectOfVersion3> = { 3: dialectOfVersion3, 4: dialectOfVersion4 };
const otherCalls: Record<string, readonly Row[]> = { 3: otherCallsOfVersion3, 4: otherCallsOfVersion4 };
const sdk: SdkDialect = (dialects[major] ?? dialectOfVersion5)(management);

const identifier = 'https://orders.example.com/';
const permission = { resource_server_identifier: identifier, permission_name: 'read:orders' };

/** In the order in which they run: a family may use what an earlier one left. */
const families: Readonly<Record<string, () => Promise<void>>> = {
  async resourceServers() {
    const scopes = [{ value: 'read:orders', description: 'Read orders' }];
    const { id } = await sdk.resourceServers.create({ name: 'Orders', identifier, scopes });
    await sdk.resourceServers.update(text(id), { token_lifetime: 600 });
    has(await sdk.resourceServers.get(text(id)), { name: 'Orders', identifier, scopes, token_lifetime: 600 });
    assert.ok(identifiers(await sdk.resourceServers.list()).includes(identifier));
    const { id: second } = await sdk.resourceServers.create({ name: 'Gone', identifier: 'https://gone.example.com/' });
    await sdk.resourceServers.remove(text(second));
    await refused(sdk.resourceServers.get(text(second)), 404, 'inexistent_resource_server');
  },

  async roles() {
    const { id } = await sdk.roles.create({ name: 'Clerk', description: 'Writes orders' });
    const role = text(id);
    for (const name of ['Second', 'Third']) await sdk.roles.create({ name });
    await sdk.roles.update(role, { description: 'Reads orders' });
    has(await sdk.roles.get(role), { id: role, name: 'Clerk', description: 'Reads orders' });
    assert.deepEqual(names(await sdk.roles.list()), ['Clerk', 'Second', 'Third']);
    await sdk.roles.addPermissions(role, [permission]);
    const [granted] = await sdk.roles.permissions(role);
    has(granted, { ...permission, resource_server_name: 'Orders', description: 'Read orders' });
    await sdk.roles.removePermissions(role, [permission]);
    assert.deepEqual(await sdk.roles.permissions(role), []);
    for (const { id: each } of await sdk.roles.list()) await sdk.roles.remove(text(each));
    assert.deepEqual(await sdk.roles.list(), []);
    await refused(sdk.roles.get(role), 404);
  },

  async users() {
    const user = await newUser('bob@example.com');
    await sdk.users.update(user, { user_metadata: { room: '12' }, app_metadata: { staff: true } });
    const found = {
      user_id: user,
      email: 'bob@example.com',
      user_metadata: { room: '12' },
      app_metadata: { staff: true },
    };
    has(await sdk.users.get(user), found);
    has((await sdk.users.byEmail('bob@example.com'))[0], found);
    has((await sdk.users.search('email:"bob@example.com"'))[0], found);
    assert.ok((await sdk.users.list()).some(({ user_id }) => user_id === user));
    await refused(sdk.users.create({ ...person('bob@example.com') }), 409, 'auth0_idp_error');
    await refused(sdk.users.create({ ...person('no address') }), 400, 'invalid_body');
    await sdk.users.assignPermissions(user, [permission]);
    has((await sdk.users.permissions(user))[0], permission);
    await sdk.users.removePermissions(user, [permission]);
    assert.deepEqual(await sdk.users.permissions(user), []);
    await sdk.users.remove(user);
    await refused(sdk.users.get(user), 404, 'inexistent_user');
  },

  async rolesOfUsers() {
    const user = await newUser('cleo@example.com');
    const [one, two] = [await newRole('One'), await newRole('Two')];
    await sdk.roles.assignUsers(one, [user]);
    await sdk.users.assignRoles(user, [one, two]);
    assert.deepEqual(names(await sdk.users.roles(user)), ['One', 'Two']);
    has((await sdk.roles.users(two))[0], { user_id: user, email: 'cleo@example.com' });
    await sdk.users.removeRoles(user, [one]);
    assert.deepEqual(names(await sdk.users.roles(user)), ['Two']);
    assert.deepEqual(await sdk.roles.users(one), []);
    await sdk.users.remove(user);
    assert.deepEqual(await sdk.roles.users(two), []);
    for (const role of [one, two]) await sdk.roles.remove(role);
  },

  async clients() {
    const { client_id, client_secret } = await sdk.clients.create({ name: 'Shop', app_type: 'regular_web' });
    const id = text(client_id);
    await sdk.clients.update(id, { callbacks: ['http://localhost:3000/callback'] });
    has(await sdk.clients.get(id), { name: 'Shop', callbacks: ['http://localhost:3000/callback'] });
    assert.ok(names(await sdk.clients.list()).includes('Shop'));
    assert.notEqual(text((await sdk.clients.rotateSecret(id)).client_secret), text(client_secret));
    await sdk.clients.remove(id);
    await refused(sdk.clients.get(id), 404, 'inexistent_client');
  },

  async clientGrants() {
    const { client_id } = await sdk.clients.create({ name: 'Machine', app_type: 'non_interactive' });
    const grant = { client_id, audience: identifier, scope: ['read:orders'] };
    const { id } = await sdk.clientGrants.create(grant);
    await refused(sdk.clientGrants.create(grant), 409);
    has(await sdk.clientGrants.update(text(id), { scope: [] }), { ...grant, scope: [] });
    has(
      (await sdk.clientGrants.list()).find((each) => each.id === id),
      { ...grant, scope: [] },
    );
    await sdk.clientGrants.remove(text(id));
    assert.ok(!(await sdk.clientGrants.list()).some((each) => each.id === id));
    await sdk.clients.remove(text(client_id));
  },

  async connections() {
    const { id } = await sdk.connections.create({ name: 'Partners', strategy: 'auth0' });
    await sdk.connections.update(text(id), { metadata: { owner: 'sales' } });
    has(await sdk.connections.get(text(id)), { name: 'Partners', strategy: 'auth0', metadata: { owner: 'sales' } });
    assert.ok(names(await sdk.connections.list()).includes('Partners'));
    await sdk.connections.remove(text(id));
    await refused(sdk.connections.get(text(id)), 404, 'inexistent_connection');
  },

  async actions() {
    assert.ok((await sdk.actions.triggers()).some(({ id, status }) => id === 'post-login' && status === 'CURRENT'));
    const { id } = await sdk.actions.create({
      name: 'Claim',
      code: `exports.onExecutePostLogin = async (event, api) => api.idToken.setCustomClaim('sdk', event.secrets.sdk);`,
      supported_triggers: [{ id: 'post-login', version: 'v3' }],
      runtime: 'node22',
      secrets: [{ name: 'sdk', value: version }],
    });
    const action = text(id);
    await untilBuilt(() => sdk.actions.get(action));
    has(await sdk.actions.test(action, { event: { user: { user_id: 'auth0|1' } } }), {});
    const { id: deployed } = await sdk.actions.deploy(action);
    for (const { id: each } of await sdk.actions.versions(action)) assert.equal(each, deployed);
    has(await sdk.actions.version(action, text(deployed)), { id: deployed, number: 1 });
    await sdk.actions.bind('post-login', [{ ref: { type: 'action_id', value: action }, display_name: 'Claim' }]);
    has((await sdk.actions.bindings('post-login'))[0], { display_name: 'Claim', trigger_id: 'post-login' });
    await sdk.actions.update(action, { name: 'Say it', code: 'exports.onExecutePostLogin = async () => {};' });
    await untilBuilt(() => sdk.actions.get(action));
    const read = await sdk.actions.get(action);
    has(read, { name: 'Say it', all_changes_deployed: false });
    assert.deepEqual(names((read.secrets ?? []) as Item[]), ['sdk']);
    assert.ok(!JSON.stringify(read).includes(`"value":"${version}"`));
    assert.ok(names(await sdk.actions.list()).includes('Say it'));
    await sdk.actions.remove(action);
    assert.deepEqual(await sdk.actions.bindings('post-login'), []);
    await refused(sdk.actions.get(action), 404);
  },

  async logs() {
    const entries = await sdk.logs.list();
    const created = entries.find(({ type, description }) => type === 'sapi' && description === 'Create a role');
    has(await sdk.logs.get(text(created?.log_id)), { type: 'sapi', description: 'Create a role' });
    await refused(sdk.logs.get('9002000000000000000000000000000000000000000000000000000'), 404);
  },

  defaultRoleByAction,
};

/** Assigns a default role by an Action with this version of the SDK, set up as in the dashboard. */
async function defaultRoleByAction(): Promise<void> {
  const role = await newRole('Default role');
  const machine = await sdk.clients.create({ name: 'Assign roles', app_type: 'non_interactive' });
  const audience = `https://${domain}/api/v2/`;
  const scope = ['read:users', 'read:roles', 'update:roles'];
  await sdk.clientGrants.create({ client_id: machine.client_id, audience, scope });
  const { id } = await sdk.actions.create({
    name: 'Assign default role',
    supported_triggers: [{ id: 'post-login', version: 'v3' }],
    runtime: 'node22',
    dependencies: [{ name: 'auth0', version }],
    secrets: [
      { name: 'domain', value: domain },
      { name: 'clientId', value: machine.client_id },
      { name: 'clientSecret', value: machine.client_secret },
      { name: 'defaultRole', value: role },
    ],
    code: `
      const { ManagementClient } = require('auth0');
      exports.onExecutePostLogin = async (event, api) => {
        const { domain, clientId, clientSecret, defaultRole } = event.secrets;
        const management = new ManagementClient({ domain, clientId, clientSecret });
        const user = event.user.user_id;
        const roles = ${sdk.actionSource.roles};
        if (roles.includes(defaultRole)) return;
        await ${sdk.actionSource.assign};
        api.idToken.setCustomClaim('https://apex.example.com/roles', [defaultRole]);
      };`,
  });
  const action = text(id);
  await untilBuilt(() => sdk.actions.get(action));
  await sdk.actions.deploy(action);
  await sdk.actions.bind('post-login', [{ ref: { type: 'action_id', value: action }, display_name: 'Default role' }]);
}

function person(email: string): Item {
  return { connection: 'Username-Password-Authentication', email, password: 'Correct-horse-9' };
}

async function newUser(email: string): Promise<string> {
  return text((await sdk.users.create(person(email))).user_id);
}

async function newRole(name: string): Promise<string> {
  return text((await sdk.roles.create({ name })).id);
}

function text(value: unknown): string {
  assert.ok(typeof value === 'string' && value !== '', `Not a name: ${JSON.stringify(value)}`);
  return value;
}

function names(items: readonly Item[]): unknown[] {
  return items.map(({ name }) => name).sort();
}

function identifiers(items: readonly Item[]): unknown[] {
  return items.map((item) => item.identifier);
}

function has(actual: Item | undefined, expected: Item): void {
  assert.ok(actual !== undefined, 'Nothing was answered.');
  const members = Object.keys(expected).map((name) => [name, actual[name]]);
  assert.deepEqual(Object.fromEntries(members), expected);
}

async function refused(call: Promise<unknown>, status: number, code?: string): Promise<void> {
  const error = await call.then(
    () => assert.fail(`Not refused with ${status}.`),
    (thrown: unknown) => thrown,
  );
  const refusal = sdk.refusal(error);
  assert.equal(refusal.status, status, String(error));
  if (code !== undefined) assert.equal(refusal.code, code);
}

const outcomes: Record<string, string> = {};
for (const [family, calls] of Object.entries(families)) {
  outcomes[family] = await calls().then(
    () => 'as expected',
    (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
}
outcomes.everyOtherCall = await everyOtherCall(management, otherCalls[major] ?? otherCallsOfVersion5);
outcomes.everyRefusedCall = major in otherCalls ? 'as expected' : await everyRefusedCall(management);
console.log(JSON.stringify({ outcomes, methods: recorded.methods, called: [...recorded.called] }));
